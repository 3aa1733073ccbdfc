-- The second factor of people: a sealed secret for one-time passwords (RFC 6238), and codes for when it is lost.
create table platform.totp_secrets (
    user_id uuid not null,
    sealed bytea not null,
    created_at timestamptz(3) not null default now(),
    -- Null while the person has yet to prove that the secret arrived.
    confirmed_at timestamptz(3),
    -- The last step of 30 seconds whose code was taken: none at or before it is taken again.
    last_step bigint not null default 0,
    constraint totp_secrets_pkey primary key (user_id),
    constraint totp_secrets_user_id_fkey foreign key (user_id) references platform.users (id) on delete cascade
);

create table platform.recovery_codes (
    user_id uuid not null,
    digest bytea not null,
    used_at timestamptz(3),
    constraint recovery_codes_pkey primary key (user_id, digest),
    constraint recovery_codes_user_id_fkey foreign key (user_id) references platform.users (id) on delete cascade
);
grant select, insert, update, delete on platform.totp_secrets, platform.recovery_codes to platform_definer;

-- Caches of a person's rights hear of it, those by session and those by key.
create function platform.announce_second_factor(person uuid)
returns void
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform platform.announce_person(person);
    perform pg_notify('platform_grants', m.organization_id::text)
    from kernel.memberships as m
    where m.id = person
      and m.status = 'active';
end
$$;
alter function platform.announce_second_factor(uuid) owner to platform_definer;

-- Keeps a secret that is yet to be confirmed, with new recovery codes in place of those before; false where a second
-- factor is on. The digests are in hexadecimal digits.
create function platform.begin_totp(person uuid, sealed bytea, digests text[], at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into platform.totp_secrets as t (user_id, sealed, created_at)
    values (person, begin_totp.sealed, at)
    on conflict on constraint totp_secrets_pkey do update
    set sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0
    where t.confirmed_at is null;
    if not found then
        return false;
    end if;
    delete from platform.recovery_codes as c
    where c.user_id = person;
    insert into platform.recovery_codes (user_id, digest)
    select person, decode(d, 'hex')
    from unnest(digests) as d;
    return true;
end
$$;

create function platform.read_totp(person uuid)
returns table (sealed bytea, is_confirmed boolean, last_step bigint, codes_left bigint)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        t.sealed, t.confirmed_at is not null, t.last_step,
        (select count(*) from platform.recovery_codes as c where c.user_id = $1 and c.used_at is null)
    from platform.totp_secrets as t
    where t.user_id = $1
$$;

-- Takes the code of a step, once, and none before it any more. A secret that was not confirmed yet is so by it where
-- `may_confirm`; otherwise it takes none.
create function platform.use_totp_step(person uuid, step bigint, may_confirm boolean, at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.totp_secrets as t
    set last_step = step, confirmed_at = coalesce(t.confirmed_at, at)
    where t.user_id = person
      and t.last_step < step
      and (t.confirmed_at is null) = may_confirm;
    if found and may_confirm then
        perform platform.announce_second_factor(person);
        return true;
    end if;
    return found;
end
$$;

create function platform.use_recovery_code(person uuid, digest bytea, at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.recovery_codes as c
    set used_at = at
    where c.user_id = person
      and c.digest = use_recovery_code.digest
      and c.used_at is null
      and exists (
          select
          from platform.totp_secrets as t
          where t.user_id = person
            and t.confirmed_at is not null);
    return found;
end
$$;

create function platform.end_totp(person uuid)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from platform.recovery_codes as c
    where c.user_id = person;
    delete from platform.totp_secrets as t
    where t.user_id = person;
    if found then
        perform platform.announce_second_factor(person);
        return true;
    end if;
    return false;
end
$$;

-- What a member of an organization may do there, whoever asks: for sessions and keys. Null where the person or the
-- membership is not active, or the organization is suspended.
create function platform.load_rights(person uuid, organization uuid)
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
      and o.status = 'active'
      and m.status = 'active'
$$;

create or replace function platform.load_principal(session uuid, organization uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        platform.load_rights(s.user_id, $2)
        || jsonb_build_object('session', jsonb_build_object('id', s.id, 'expires_at', s.expires_at))
    from platform.sessions as s
    where s.id = $1
      and s.revoked_at is null
      and s.expires_at > now()
$$;
-- A part of the above, for nobody else.
alter function platform.load_rights(uuid, uuid) owner to platform_definer;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.begin_totp(uuid, bytea, text[], timestamptz)', 'platform.read_totp(uuid)',
        'platform.use_totp_step(uuid, bigint, boolean, timestamptz)',
        'platform.use_recovery_code(uuid, bytea, timestamptz)', 'platform.end_totp(uuid)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
