-- People's accounts, for the flows of sign-in alone. `at` is the moment of the request, which tests can set.
grant select, insert, update on platform.users to platform_definer;
grant select, insert, update, delete on platform.user_tokens to platform_definer;

create function platform.find_account(email text)
returns table (id uuid, email text, name text, password_hash text, locale text, is_verified boolean)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select u.id, u.email, u.name, u.password_hash, u.locale, u.email_verified_at is not null
    from platform.users as u
    where u.email_key = lower(btrim($1))
$$;

create function platform.read_account(person uuid)
returns table (
    id uuid, email text, name text, password_hash text, locale text, is_verified boolean, time_zone text, theme text,
    created_at timestamptz)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        u.id, u.email, u.name, u.password_hash, u.locale, u.email_verified_at is not null, u.time_zone, u.theme,
        u.created_at
    from platform.users as u
    where u.id = $1
$$;

-- An address that is taken raises a unique violation of users_email_key.
create function platform.create_account(
    person uuid, email text, name text, password_hash text, locale text, time_zone text, verified_at timestamptz,
    at timestamptz)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    insert into platform.users (
        id, email, name, password_hash, locale, time_zone, email_verified_at, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
$$;

-- Sets those of name, locale, time_zone and theme that `changes` has; the name in every membership too.
create function platform.update_account(person uuid, changes jsonb, at timestamptz)
returns void
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.users as u
    set name = coalesce(changes ->> 'name', u.name),
        locale = case when changes ? 'locale' then changes ->> 'locale' else u.locale end,
        time_zone = case when changes ? 'time_zone' then changes ->> 'time_zone' else u.time_zone end,
        theme = case when changes ? 'theme' then changes ->> 'theme' else u.theme end,
        updated_at = update_account.at
    where u.id = person;
    update kernel.memberships as m
    set name = changes ->> 'name'
    where m.id = person
      and m.name <> changes ->> 'name';
    perform platform.announce_person(person);
end
$$;

-- Caches of a person's sessions hear that something about the person changed.
create function platform.announce_person(person uuid)
returns void
language sql volatile
set search_path = pg_catalog, pg_temp
as $$
    select pg_notify('platform_grants', 'session:' || s.id::text)
    from platform.sessions as s
    where s.user_id = $1
      and s.revoked_at is null
      and s.expires_at > now()
$$;

create function platform.set_password(person uuid, password_hash text, at timestamptz)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    update platform.users as u
    set password_hash = $2, updated_at = $3
    where u.id = $1
$$;

-- The same password under stronger parameters, unless it was changed meanwhile.
create function platform.upgrade_password(person uuid, previous text, password_hash text)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    update platform.users as u
    set password_hash = $3
    where u.id = $1
      and u.password_hash = $2
$$;

-- Adding one twice is once: the job that mails it may run again.
create function platform.add_user_token(
    digest bytea, kind text, person uuid, at timestamptz, expires_at timestamptz)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    insert into platform.user_tokens (digest, kind, user_id, created_at, expires_at)
    values ($1, $2, $3, $4, $5)
    on conflict on constraint user_tokens_pkey do nothing
$$;

-- valid, used, expired or unknown.
create function platform.judge_user_token(digest bytea, kind text, at timestamptz)
returns text
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce((
        select case
            when t.used_at is not null then 'used'
            when t.expires_at <= $3 then 'expired'
            else 'valid'
        end
        from platform.user_tokens as t
        where t.digest = $1
          and t.kind = $2), 'unknown')
$$;

-- Uses a token and all others of its kind and person. Null when it isn't valid (any more).
create function platform.use_user_token(digest bytea, kind text, at timestamptz)
returns uuid
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    person uuid;
begin
    update platform.user_tokens as t
    set used_at = use_user_token.at
    where t.digest = use_user_token.digest
      and t.kind = use_user_token.kind
      and t.used_at is null
      and t.expires_at > use_user_token.at
    returning t.user_id into person;
    update platform.user_tokens as t
    set used_at = use_user_token.at
    where t.user_id = person
      and t.kind = use_user_token.kind
      and t.used_at is null;
    return person;
end
$$;

create function platform.verify_email(digest bytea, at timestamptz)
returns uuid
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    person uuid := platform.use_user_token(digest, 'verify', at);
begin
    update platform.users as u
    set email_verified_at = coalesce(u.email_verified_at, verify_email.at)
    where u.id = person;
    perform platform.announce_person(person);
    return person;
end
$$;

-- Whoever opened the mail has the address: it counts as verified. Every session ends.
create function platform.reset_password(digest bytea, password_hash text, at timestamptz)
returns uuid
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    person uuid := platform.use_user_token(digest, 'reset', at);
begin
    update platform.users as u
    set password_hash = reset_password.password_hash,
        email_verified_at = coalesce(u.email_verified_at, reset_password.at),
        updated_at = reset_password.at
    where u.id = person;
    update platform.sessions as s
    set revoked_at = reset_password.at, revoked_reason = 'password_reset'
    where s.user_id = person
      and s.revoked_at is null;
    return person;
end
$$;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.find_account(text)', 'platform.read_account(uuid)',
        'platform.create_account(uuid, text, text, text, text, text, timestamptz, timestamptz)',
        'platform.update_account(uuid, jsonb, timestamptz)', 'platform.set_password(uuid, text, timestamptz)',
        'platform.upgrade_password(uuid, text, text)',
        'platform.add_user_token(bytea, text, uuid, timestamptz, timestamptz)',
        'platform.judge_user_token(bytea, text, timestamptz)', 'platform.verify_email(bytea, timestamptz)',
        'platform.reset_password(bytea, text, timestamptz)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
-- Parts of the above, for nobody else.
alter function platform.announce_person(uuid) owner to platform_definer;
alter function platform.use_user_token(bytea, text, timestamptz) owner to platform_definer;
grant update on kernel.memberships, platform.sessions to platform_definer;
