-- One token for the next. `outcome`: rotated; reused, and with it the session is revoked; ended; unknown.
-- An organization that the person has left is left by the session too: no session moves to another by itself. One that
-- is suspended is not. No session outlives its longest: `oldest` is the moment that one was opened at which ends at `at`.
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
    ends timestamptz;
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
    ends := least(rotate_refresh_token.expires_at, family.created_at + (at - oldest));
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
    values (replacement, family.id, at, ends);
    update platform.sessions as s
    set last_used_at = rotate_refresh_token.at,
        expires_at = ends,
        organization_id = family.organization_id
    where s.id = family.id;
    return query select 'rotated', family.id, family.user_id, family.organization_id;
end
$$;

-- The same in the vendor's realm.
create or replace function platform.rotate_vendor_token(
    digest bytea, replacement bytea, at timestamptz, expires_at timestamptz, oldest timestamptz)
returns table (outcome text, session_id uuid, vendor_user_id uuid)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    token platform.vendor_refresh_tokens;
    family platform.vendor_sessions;
    ends timestamptz;
begin
    -- The session's row first, always: two refreshes at once stand in line.
    select s.* into family
    from platform.vendor_sessions as s
    where s.id = (
        select t.session_id from platform.vendor_refresh_tokens as t where t.digest = rotate_vendor_token.digest)
    for update;
    select t.* into token
    from platform.vendor_refresh_tokens as t
    where t.digest = rotate_vendor_token.digest;
    if token.digest is null then
        return query select 'unknown', null::uuid, null::uuid;
        return;
    end if;
    if family.revoked_at is null and token.used_at is not null then
        update platform.vendor_sessions as s
        set revoked_at = rotate_vendor_token.at, revoked_reason = 'token_reused'
        where s.id = family.id;
        perform platform.record_vendor_event(
            family.vendor_user_id, family.vendor_user_id, 'auth.token.reused',
            jsonb_build_object('session_id', family.id));
        return query select 'reused', family.id, family.vendor_user_id;
        return;
    end if;
    if family.revoked_at is not null or token.expires_at <= at or family.created_at <= oldest
        or not exists (select from platform.load_vendor(family.id))
    then
        return query select 'ended', family.id, family.vendor_user_id;
        return;
    end if;
    ends := least(rotate_vendor_token.expires_at, family.created_at + (at - oldest));
    update platform.vendor_refresh_tokens as t
    set used_at = rotate_vendor_token.at
    where t.digest = token.digest;
    insert into platform.vendor_refresh_tokens (digest, session_id, expires_at)
    values (replacement, family.id, ends);
    update platform.vendor_sessions as s
    set last_used_at = rotate_vendor_token.at, expires_at = ends
    where s.id = family.id;
    return query select 'rotated', family.id, family.vendor_user_id;
end
$$;
