-- Everything a request needs to know of its caller, in one call; and the notice that it changed.

-- How many records the statistics give an organization; 0 for one too small to be among the most common values.
create function platform.row_estimate(organization uuid)
returns bigint
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(max(c.reltuples * v.frequency), 0)::bigint
    from pg_class as c
    join pg_stats as s on s.schemaname = 'kernel' and s.tablename = c.relname and s.attname = 'organization_id'
    cross join lateral unnest(s.most_common_vals::text::uuid[], s.most_common_freqs) as v (value, frequency)
    where c.oid = 'kernel.records'::regclass
      and v.value = organization
$$;

-- Null when the session ended, the person or the membership is not active, or the organization is suspended.
create function platform.load_principal(session uuid, organization uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'user', jsonb_build_object(
            'id', u.id, 'email', u.email, 'name', u.name, 'locale', u.locale, 'time_zone', u.time_zone,
            'theme', u.theme, 'email_verified', u.email_verified_at is not null),
        'session', jsonb_build_object('id', s.id, 'expires_at', s.expires_at),
        'organization', jsonb_build_object(
            'id', o.id, 'slug', o.slug, 'name', o.name, 'status', o.status, 'plan_code', o.plan_code,
            'grants_version', o.grants_version, 'row_estimate', platform.row_estimate(o.id)),
        'membership', jsonb_build_object(
            'status', m.status, 'role_id', m.role_id, 'role_key', r.key, 'role_name', r.name, 'locale', m.locale,
            'time_zone', m.time_zone),
        'grants', coalesce((
            select jsonb_agg(jsonb_build_object('permission', g.permission, 'scope', g.scope) order by g.permission)
            from kernel.role_grants as g
            where g.organization_id = o.id
              and g.role_id = m.role_id), '[]'),
        'fields', coalesce((
            select jsonb_agg(
                jsonb_build_object('entity', f.entity, 'field', f.field, 'access', f.access)
                order by f.entity, f.field)
            from kernel.role_fields as f
            where f.organization_id = o.id
              and f.role_id = m.role_id), '[]'),
        'teams', coalesce((
            select jsonb_agg(t.team_id order by t.team_id)
            from kernel.team_members as t
            join kernel.teams as g on g.organization_id = t.organization_id and g.id = t.team_id
            where t.organization_id = o.id
              and t.member_id = m.id
              and g.deleted_at is null), '[]'),
        'plugins', coalesce((
            select jsonb_agg(p.plugin order by p.plugin)
            from kernel.installed_plugins as p
            where p.organization_id = o.id
              and p.is_on), '[]'),
        'settings', coalesce((
            select jsonb_object_agg(v.key, v.value)
            from kernel.settings as v
            where v.organization_id = o.id
              and v.user_id is null), '{}'))
    from platform.sessions as s
    join platform.users as u on u.id = s.user_id
    join platform.organizations as o on o.id = $2
    join kernel.memberships as m on m.organization_id = o.id and m.id = u.id
    join kernel.roles as r on r.organization_id = o.id and r.id = m.role_id
    where s.id = $1
      and s.revoked_at is null
      and s.expires_at > now()
      and o.status = 'active'
      and m.status = 'active'
$$;

alter function platform.load_principal(uuid, uuid) owner to platform_definer;
alter function platform.row_estimate(uuid) owner to platform_definer;
grant execute on function platform.load_principal(uuid, uuid), platform.row_estimate(uuid) to platform_app;
grant select on
    kernel.roles, kernel.role_grants, kernel.role_fields, kernel.memberships, kernel.teams, kernel.team_members,
    kernel.installed_plugins, kernel.settings
to platform_definer;

-- In the transaction of the change: caches of grants may be trusted until they hear of it. Once per organization.
create function kernel.announce_grants()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    organization uuid;
begin
    for organization in select distinct c.organization_id from changed_rows as c order by 1 loop
        update platform.organizations as o
        set grants_version = o.grants_version + 1
        where o.id = organization;
        perform pg_notify('platform_grants', organization::text);
    end loop;
    return null;
end
$$;
alter function kernel.announce_grants() owner to platform_definer;

do $$
declare
    table_name text;
begin
    foreach table_name in array array[
        'memberships', 'roles', 'role_grants', 'role_fields', 'teams', 'team_members', 'installed_plugins', 'settings']
    loop
        execute format(
            'create trigger announce_insert after insert on kernel.%I referencing new table as changed_rows'
            ' for each statement execute function kernel.announce_grants()', table_name);
        execute format(
            'create trigger announce_update after update on kernel.%I referencing new table as changed_rows'
            ' for each statement execute function kernel.announce_grants()', table_name);
        execute format(
            'create trigger announce_delete after delete on kernel.%I referencing old table as changed_rows'
            ' for each statement execute function kernel.announce_grants()', table_name);
    end loop;
end
$$;

create function platform.announce_organization()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.grants_version := old.grants_version + 1;
    perform pg_notify('platform_grants', new.id::text);
    return new;
end
$$;

create trigger announce_update
before update of slug, name, status, plan_code on platform.organizations
for each row
execute function platform.announce_organization();

create function platform.announce_session()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_notify('platform_grants', 'session:' || new.id::text);
    return null;
end
$$;

create trigger announce_revocation
after update of revoked_at on platform.sessions
for each row
when (old.revoked_at is null and new.revoked_at is not null)
execute function platform.announce_session();

-- A trigger function is checked at its creation only; the roles that update these two tables need no more.
grant execute on function platform.announce_organization(), platform.announce_session() to platform_definer;
