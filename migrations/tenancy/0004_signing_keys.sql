-- The keys that sign access tokens. Their secret is sealed by the server; nothing here can read it.
grant select, insert, update, delete on platform.signing_keys to platform_definer;

-- Every key that a live token may be signed with, the newest first.
create function platform.list_signing_keys()
returns table (id text, secret bytea, created_at timestamptz, retired_at timestamptz)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select k.id, k.secret, k.created_at, k.retired_at
    from platform.signing_keys as k
    order by k.created_at desc, k.id
$$;

-- Keeps the key if there is none that signs. Of several servers that start at once, one wins.
create function platform.offer_signing_key(id text, secret bytea, at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('platform.signing_keys', 0));
    insert into platform.signing_keys (id, secret, created_at)
    select offer_signing_key.id, offer_signing_key.secret, offer_signing_key.at
    where not exists (select from platform.signing_keys as k where k.retired_at is null);
    return found;
end
$$;

-- A new key beside those there are, which retire; keys that retired over a month ago go.
create function platform.rotate_signing_key(id text, secret bytea, at timestamptz)
returns void
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('platform.signing_keys', 0));
    delete from platform.signing_keys as k
    where k.retired_at < rotate_signing_key.at - interval '30 days';
    update platform.signing_keys as k
    set retired_at = rotate_signing_key.at
    where k.retired_at is null;
    insert into platform.signing_keys (id, secret, created_at)
    values (rotate_signing_key.id, rotate_signing_key.secret, rotate_signing_key.at);
end
$$;

-- Removes what no flow asks for any more: tokens past their time, sessions that ended a month ago.
create function platform.prune_sign_in(at timestamptz)
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
        'platform.list_signing_keys()', 'platform.offer_signing_key(text, bytea, timestamptz)',
        'platform.rotate_signing_key(text, bytea, timestamptz)',
        'platform.prune_sign_in(timestamptz)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
