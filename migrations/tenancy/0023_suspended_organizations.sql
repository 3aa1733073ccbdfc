-- Organizations that the vendor has suspended: their members are told so instead of being signed out, and come back to
-- where they were when it is lifted. Nobody begins there.

-- What a member of an organization may do there, whoever asks: for sessions and keys. Null where the person or the
-- membership is not active. The organization's status is told: who is asked for a suspended one refuses.
create or replace function platform.load_rights(person uuid, organization uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'user', jsonb_build_object(
            'id', u.id, 'email', u.email, 'name', u.name, 'locale', u.locale, 'time_zone', u.time_zone,
            'theme', u.theme, 'email_verified', u.email_verified_at is not null,
            'two_factor', exists (
                select
                from platform.totp_secrets as f
                where f.user_id = u.id
                  and f.confirmed_at is not null)),
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
    from platform.users as u
    join platform.organizations as o on o.id = $2
    join kernel.memberships as m on m.organization_id = o.id and m.id = u.id
    join kernel.roles as r on r.organization_id = o.id and r.id = m.role_id
    where u.id = $1
      and m.status = 'active'
$$;

-- The organizations that a person belongs to, suspended ones too.
drop function platform.list_memberships(uuid);
create function platform.list_memberships(person uuid)
returns table (
    organization_id uuid, slug text, name text, role_id uuid, role_key text, role_name text, joined_at timestamptz,
    status text)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select o.id, o.slug, o.name, r.id, r.key, r.name, m.joined_at, o.status
    from kernel.memberships as m
    join platform.organizations as o on o.id = m.organization_id
    join kernel.roles as r on r.organization_id = m.organization_id and r.id = m.role_id
    where m.id = $1
      and m.status = 'active'
    order by m.joined_at, o.id
$$;
alter function platform.list_memberships(uuid) owner to platform_definer;
revoke execute on function platform.list_memberships(uuid) from public;
grant execute on function platform.list_memberships(uuid) to platform_app;

-- The organization that a new session begins in: the wanted one, else the one last used, else the oldest.
-- Null when there is none, or the wanted one isn't open to the person.
create or replace function platform.choose_organization(person uuid, wanted uuid)
returns uuid
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select m.organization_id
    from platform.list_memberships($1) as m
    left join lateral (
        select max(s.last_used_at) as at
        from platform.sessions as s
        where s.user_id = $1
          and s.organization_id = m.organization_id
    ) as used on true
    where m.status = 'active'
      and ($2 is null or m.organization_id = $2)
    order by used.at desc nulls last, m.joined_at, m.organization_id
    limit 1
$$;

-- Whether the transaction's organization is suspended.
create function platform.is_suspended()
returns boolean
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from platform.organizations as o
        where o.id = current_setting('app.organization_id')::uuid
          and o.status = 'suspended')
$$;
alter function platform.is_suspended() owner to platform_definer;
revoke execute on function platform.is_suspended() from public;
grant execute on function platform.is_suspended() to platform_app;

-- One token for the next. `outcome`: rotated; reused, and with it the session is revoked; ended; unknown.
-- An organization that the person has left is left by the session too: no session moves to another by itself. One that
-- is suspended is not.
create or replace function platform.rotate_refresh_token(
    digest bytea, replacement bytea, at timestamptz, expires_at timestamptz, oldest timestamptz)
returns table (outcome text, session_id uuid, user_id uuid, organization_id uuid)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    token platform.refresh_tokens;
    family platform.sessions;
begin
    -- The session's row first, always: two refreshes at once stand in line.
    select s.* into family
    from platform.sessions as s
    where s.id = (select t.session_id from platform.refresh_tokens as t where t.digest = rotate_refresh_token.digest)
    for update;
    select t.* into token
    from platform.refresh_tokens as t
    where t.digest = rotate_refresh_token.digest;
    if token.digest is null then
        return query select 'unknown', null::uuid, null::uuid, null::uuid;
        return;
    end if;
    if family.revoked_at is null and token.used_at is not null then
        update platform.sessions as s
        set revoked_at = rotate_refresh_token.at, revoked_reason = 'token_reused'
        where s.id = family.id;
        return query select 'reused', family.id, family.user_id, family.organization_id;
        return;
    end if;
    if family.revoked_at is not null or token.expires_at <= at or family.created_at <= oldest then
        return query select 'ended', family.id, family.user_id, family.organization_id;
        return;
    end if;
    if family.organization_id is not null then
        family.organization_id := (
            select m.organization_id
            from platform.list_memberships(family.user_id) as m
            where m.organization_id = family.organization_id);
    end if;
    update platform.refresh_tokens as t
    set used_at = rotate_refresh_token.at
    where t.digest = token.digest;
    insert into platform.refresh_tokens (digest, session_id, issued_at, expires_at)
    values (replacement, family.id, at, rotate_refresh_token.expires_at);
    update platform.sessions as s
    set last_used_at = rotate_refresh_token.at,
        expires_at = rotate_refresh_token.expires_at,
        organization_id = family.organization_id
    where s.id = family.id;
    return query select 'rotated', family.id, family.user_id, family.organization_id;
end
$$;
