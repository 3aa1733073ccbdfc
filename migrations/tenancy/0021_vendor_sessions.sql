-- Sessions of the vendor's people, and the refresh tokens that keep them: a family of tokens is a session.
create table platform.vendor_sessions (
    id uuid not null,
    vendor_user_id uuid not null,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3) not null,
    expires_at timestamptz(3) not null,
    revoked_at timestamptz(3),
    revoked_reason text,
    user_agent text,
    address inet,
    constraint vendor_sessions_pkey primary key (id),
    constraint vendor_sessions_vendor_user_id_fkey
        foreign key (vendor_user_id) references platform.vendor_users (id)
);
create index vendor_sessions_vendor_user_id_idx on platform.vendor_sessions (vendor_user_id, created_at);

create table platform.vendor_refresh_tokens (
    digest bytea not null,
    session_id uuid not null,
    expires_at timestamptz(3) not null,
    used_at timestamptz(3),
    constraint vendor_refresh_tokens_pkey primary key (digest),
    constraint vendor_refresh_tokens_session_id_fkey
        foreign key (session_id) references platform.vendor_sessions (id) on delete cascade
);
create index vendor_refresh_tokens_session_id_idx on platform.vendor_refresh_tokens (session_id);
grant select, insert, update, delete on platform.vendor_sessions, platform.vendor_refresh_tokens to platform_definer;

-- Every process hears of it, as with tenants' sessions.
create trigger announce_revocation
after update of revoked_at on platform.vendor_sessions
for each row
when (old.revoked_at is null and new.revoked_at is not null)
execute function platform.announce_session();

create function platform.open_vendor_session(
    session uuid, vendor_user uuid, digest bytea, at timestamptz, expires_at timestamptz, user_agent text)
returns void
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into platform.vendor_sessions (
        id, vendor_user_id, created_at, last_used_at, expires_at, user_agent, address)
    values (
        session, vendor_user, at, at, open_vendor_session.expires_at, left(open_vendor_session.user_agent, 400),
        nullif(current_setting('app.address', true), '')::inet);
    insert into platform.vendor_refresh_tokens (digest, session_id, expires_at)
    values (open_vendor_session.digest, session, open_vendor_session.expires_at);
    perform platform.record_vendor_event(
        vendor_user, vendor_user, 'auth.login', jsonb_build_object('session_id', session));
end
$$;

-- Whose session it is while it lives and its user has a second factor.
create function platform.load_vendor(session uuid)
returns table (id uuid, email text, name text, role text)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select u.id, u.email, u.name, u.role
    from platform.vendor_sessions as s
    join platform.vendor_users as u on u.id = s.vendor_user_id
    where s.id = $1
      and s.revoked_at is null
      and s.expires_at > now()
      and u.removed_at is null
      and u.totp_confirmed_at is not null
$$;

-- One token for the next. `outcome`: rotated; reused, and with it the session is revoked; ended; unknown.
create function platform.rotate_vendor_token(
    digest bytea, replacement bytea, at timestamptz, expires_at timestamptz, oldest timestamptz)
returns table (outcome text, session_id uuid, vendor_user_id uuid)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    token platform.vendor_refresh_tokens;
    family platform.vendor_sessions;
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
    update platform.vendor_refresh_tokens as t
    set used_at = rotate_vendor_token.at
    where t.digest = token.digest;
    insert into platform.vendor_refresh_tokens (digest, session_id, expires_at)
    values (replacement, family.id, rotate_vendor_token.expires_at);
    update platform.vendor_sessions as s
    set last_used_at = rotate_vendor_token.at, expires_at = rotate_vendor_token.expires_at
    where s.id = family.id;
    return query select 'rotated', family.id, family.vendor_user_id;
end
$$;

create function platform.end_vendor_session(session uuid, at timestamptz)
returns void
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    person uuid;
begin
    update platform.vendor_sessions as s
    set revoked_at = at, revoked_reason = 'logout'
    where s.id = session
      and s.revoked_at is null
    returning s.vendor_user_id into person;
    if found then
        perform platform.record_vendor_event(
            person, person, 'auth.logout', jsonb_build_object('session_id', session));
    end if;
end
$$;

-- Takes a user's second factor away, whose device is lost, and gives a one-time password; or removes the user, where
-- `password_hash` is null. Either ends the sessions. Null where nobody has the address.
create function platform.reset_vendor_user(email text, password_hash text, at timestamptz)
returns uuid
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    person uuid := (select f.id from platform.find_vendor_user(reset_vendor_user.email) as f);
begin
    if person is null then
        return null;
    end if;
    update platform.vendor_users as u
    set password_hash = coalesce(reset_vendor_user.password_hash, u.password_hash),
        is_password_one_time = true, totp_sealed = null, totp_confirmed_at = null, totp_last_step = 0,
        removed_at = case when reset_vendor_user.password_hash is null then at end
    where u.id = person;
    delete from platform.vendor_enrolments as e
    where e.vendor_user_id = person;
    update platform.vendor_sessions as s
    set revoked_at = at, revoked_reason = 'reset'
    where s.vendor_user_id = person
      and s.revoked_at is null;
    perform platform.record_vendor_event(
        null, person,
        case when reset_vendor_user.password_hash is null then 'vendor.user.removed' else 'vendor.user.reset' end,
        '{}');
    return person;
end
$$;

-- As before, and the vendor's people have known places too.
create or replace function platform.is_known_place(person uuid, at timestamptz)
returns boolean
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from (
            select s.address
            from platform.sessions as s
            where s.user_id = $1
              and s.created_at > $2 - interval '90 days'
            union all
            select v.address
            from platform.vendor_sessions as v
            where v.vendor_user_id = $1
              and v.created_at > $2 - interval '90 days') as s
        where s.address <<= (
              select network(set_masklen(a.address, case family(a.address) when 4 then 32 else 64 end))
              from (select nullif(current_setting('app.address', true), '')::inet as address) as a))
$$;

-- As before, with what the vendor's realm leaves behind.
create or replace function platform.prune_sign_in(at timestamptz)
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
    total integer := 0;
begin
    delete from platform.user_tokens as t
    where t.expires_at < prune_sign_in.at - interval '30 days';
    get diagnostics removed = row_count;
    total := total + removed;
    delete from platform.refresh_tokens as t
    where t.expires_at < prune_sign_in.at;
    get diagnostics removed = row_count;
    total := total + removed;
    delete from platform.sign_in_attempts as a
    where a.last_failed_at < prune_sign_in.at - interval '2 days';
    get diagnostics removed = row_count;
    total := total + removed;
    delete from platform.totp_secrets as t
    where t.confirmed_at is null
      and t.created_at < prune_sign_in.at - interval '30 days';
    get diagnostics removed = row_count;
    total := total + removed;
    delete from platform.vendor_enrolments as e
    where e.expires_at < prune_sign_in.at;
    get diagnostics removed = row_count;
    total := total + removed;
    -- With their refresh tokens.
    delete from platform.vendor_sessions as s
    where s.expires_at < prune_sign_in.at - interval '30 days'
       or s.revoked_at < prune_sign_in.at - interval '30 days';
    get diagnostics removed = row_count;
    total := total + removed;
    delete from platform.sessions as s
    where s.expires_at < prune_sign_in.at - interval '30 days'
       or s.revoked_at < prune_sign_in.at - interval '30 days';
    get diagnostics removed = row_count;
    return total + removed;
end
$$;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.open_vendor_session(uuid, uuid, bytea, timestamptz, timestamptz, text)',
        'platform.load_vendor(uuid)',
        'platform.rotate_vendor_token(bytea, bytea, timestamptz, timestamptz, timestamptz)',
        'platform.end_vendor_session(uuid, timestamptz)',
        'platform.reset_vendor_user(text, text, timestamptz)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
