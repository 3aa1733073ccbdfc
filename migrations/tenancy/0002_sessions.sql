-- Sessions and the refresh tokens that keep them: a family of tokens is a session.
grant select, insert, update, delete on platform.sessions, platform.refresh_tokens to platform_definer;

-- The organizations that a person may act in.
create function platform.list_memberships(person uuid)
returns table (
    organization_id uuid, slug text, name text, role_id uuid, role_key text, role_name text, joined_at timestamptz)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select o.id, o.slug, o.name, r.id, r.key, r.name, m.joined_at
    from kernel.memberships as m
    join platform.organizations as o on o.id = m.organization_id
    join kernel.roles as r on r.organization_id = m.organization_id and r.id = m.role_id
    where m.id = $1
      and m.status = 'active'
      and o.status = 'active'
    order by m.joined_at, o.id
$$;

-- The organization that a new session begins in: the wanted one, else the one last used, else the oldest.
-- Null when there is none, or the wanted one isn't open to the person.
create function platform.choose_organization(person uuid, wanted uuid)
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
    where $2 is null or m.organization_id = $2
    order by used.at desc nulls last, m.joined_at, m.organization_id
    limit 1
$$;

create function platform.open_session(
    session uuid, person uuid, organization uuid, digest bytea, at timestamptz, expires_at timestamptz,
    user_agent text)
returns void
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into platform.sessions (
        id, user_id, organization_id, created_at, last_used_at, expires_at, user_agent, address)
    values (
        session, person, organization, at, at, open_session.expires_at, left(user_agent, 400),
        nullif(current_setting('app.address', true), '')::inet);
    insert into platform.refresh_tokens (digest, session_id, issued_at, expires_at)
    values (digest, session, at, open_session.expires_at);
end
$$;

-- One token for the next. `outcome`: rotated; reused, and with it the session is revoked; ended; unknown.
-- An organization that is no longer open to the person is left: no session moves to another by itself.
create function platform.rotate_refresh_token(
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
        family.organization_id := platform.choose_organization(family.user_id, family.organization_id);
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

-- The session goes on in another organization, with a new refresh token; false when that one is not open to it.
create function platform.switch_session(
    session uuid, person uuid, organization uuid, digest bytea, at timestamptz, expires_at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if platform.choose_organization(person, organization) is null then
        return false;
    end if;
    update platform.sessions as s
    set organization_id = organization, last_used_at = switch_session.at, expires_at = switch_session.expires_at
    where s.id = session
      and s.user_id = person
      and s.revoked_at is null;
    if not found then
        return false;
    end if;
    -- Those used already stay, so that their reuse is still noticed.
    delete from platform.refresh_tokens as t
    where t.session_id = session
      and t.used_at is null;
    insert into platform.refresh_tokens (digest, session_id, issued_at, expires_at)
    values (digest, session, at, switch_session.expires_at);
    return true;
end
$$;

-- The live sessions of a person, the last used first.
create function platform.list_sessions(person uuid, at timestamptz)
returns table (
    id uuid, organization_id uuid, organization_name text, created_at timestamptz, last_used_at timestamptz,
    expires_at timestamptz, user_agent text, address text)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select s.id, s.organization_id, o.name, s.created_at, s.last_used_at, s.expires_at, s.user_agent, host(s.address)
    from platform.sessions as s
    left join platform.organizations as o on o.id = s.organization_id
    where s.user_id = $1
      and s.revoked_at is null
      and s.expires_at > $2
    order by s.last_used_at desc, s.id desc
    limit 200
$$;

create function platform.find_refresh_token(digest bytea)
returns table (session_id uuid, user_id uuid)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select s.id, s.user_id
    from platform.refresh_tokens as t
    join platform.sessions as s on s.id = t.session_id
    where t.digest = $1
$$;

-- Ends sessions of a person and returns how many: one of them, those in an organization, or all, but for `spared`.
create function platform.revoke_sessions(
    person uuid, session uuid, organization uuid, spared uuid, reason text, at timestamptz)
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    revoked integer;
begin
    update platform.sessions as s
    set revoked_at = revoke_sessions.at, revoked_reason = reason
    where s.user_id = person
      and s.revoked_at is null
      and (session is null or s.id = session)
      and (organization is null or s.organization_id = organization)
      and s.id is distinct from spared;
    get diagnostics revoked = row_count;
    return revoked;
end
$$;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.list_memberships(uuid)', 'platform.choose_organization(uuid, uuid)',
        'platform.open_session(uuid, uuid, uuid, bytea, timestamptz, timestamptz, text)',
        'platform.rotate_refresh_token(bytea, bytea, timestamptz, timestamptz, timestamptz)',
        'platform.switch_session(uuid, uuid, uuid, bytea, timestamptz, timestamptz)',
        'platform.list_sessions(uuid, timestamptz)', 'platform.find_refresh_token(bytea)',
        'platform.revoke_sessions(uuid, uuid, uuid, uuid, text, timestamptz)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
