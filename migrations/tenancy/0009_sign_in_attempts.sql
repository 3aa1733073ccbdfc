-- Failed sign-ins, counted for what was tried and from where: docs/decisions/0007-sign-in-under-attack.md.
--
-- A bucket is a keyed digest: the table tells neither addresses nor which of them have an account.
create table platform.sign_in_attempts (
    bucket bytea not null,
    failures integer not null,
    last_failed_at timestamptz(3) not null,
    locked_until timestamptz(3),
    constraint sign_in_attempts_pkey primary key (bucket)
);
create index sign_in_attempts_last_failed_at_idx on platform.sign_in_attempts (last_failed_at);
grant select, insert, update, delete on platform.sign_in_attempts to platform_definer;

-- Whether the person has signed in from the request's network (the address, or the first 64 bits of IPv6) within
-- 90 days. What strangers do elsewhere does not keep the person out there.
create function platform.is_known_place(person uuid, at timestamptz)
returns boolean
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from platform.sessions as s
        where s.user_id = $1
          and s.created_at > $2 - interval '90 days'
          and s.address <<= (
              select network(set_masklen(a.address, case family(a.address) when 4 then 32 else 64 end))
              from (select nullif(current_setting('app.address', true), '')::inet as address) as a))
$$;

-- Seconds until another attempt is judged; 0 is now. `shared` are the buckets that a known place is free of.
create function platform.sign_in_wait(person uuid, own text, shared text[], at timestamptz)
returns integer
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(max(ceil(extract(epoch from a.locked_until - $4)))::integer, 0)
    from platform.sign_in_attempts as a
    where a.locked_until > $4
      and (
          a.bucket = decode($2, 'hex')
          or (
              a.bucket in (select decode(b, 'hex') from unnest($3) as b)
              and not platform.is_known_place($1, $4)))
$$;

-- Counts a failure in each bucket: `allowed` are free, then each locks for 30 seconds, doubled up to `longest`; after
-- `window` seconds of peace the count begins anew. While it must wait nothing is counted, so that waiting ends.
-- `waited` is what the attempt should have waited for, `locked` the seconds that it has locked.
create function platform.sign_in_failed(
    person uuid, own text, shared text[], allowed integer[], longest integer[], forgotten integer[], at timestamptz)
returns table (waited integer, locked integer)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    rule record;
    kept platform.sign_in_attempts;
    delay integer;
begin
    locked := 0;
    waited := platform.sign_in_wait(person, own, shared, at);
    if waited > 0 then
        return next;
        return;
    end if;
    -- In the order of the buckets: two failures at once do not wait for each other in a ring.
    for rule in
        select decode(b.bucket, 'hex') as bucket, b.allowed, b.longest, b.forgotten
        from unnest(own || shared, sign_in_failed.allowed, sign_in_failed.longest, sign_in_failed.forgotten)
            as b (bucket, allowed, longest, forgotten)
        order by 1
    loop
        insert into platform.sign_in_attempts as a (bucket, failures, last_failed_at)
        values (rule.bucket, 1, at)
        on conflict on constraint sign_in_attempts_pkey do update
        set failures = case
                when a.last_failed_at < at - make_interval(secs => rule.forgotten) then 1
                else a.failures + 1
            end,
            last_failed_at = at
        returning a.* into kept;
        if kept.failures >= rule.allowed then
            delay := least(30 * 2.0 ^ least(kept.failures - rule.allowed, 20), rule.longest)::integer;
            update platform.sign_in_attempts as a
            set locked_until = at + make_interval(secs => delay)
            where a.bucket = rule.bucket;
            locked := greatest(locked, delay);
        end if;
    end loop;
    return next;
end
$$;

-- The end of an attempt that was right: seconds that it still has to wait, because others failed meanwhile, or 0; then
-- the counts of the named buckets are void.
create function platform.sign_in_passed(
    person uuid, own text, shared text[], cleared text[], at timestamptz)
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    wait integer := platform.sign_in_wait(person, own, shared, at);
begin
    if wait = 0 then
        delete from platform.sign_in_attempts as a
        where a.bucket in (select decode(b, 'hex') from unnest(cleared) as b);
    end if;
    return wait;
end
$$;

-- Forgets failures whatever they lock: who opened a mailed link has proved more than a password.
create function platform.forget_attempts(buckets text[])
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    delete from platform.sign_in_attempts as a
    where a.bucket in (select decode(b, 'hex') from unnest($1) as b)
$$;

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
    delete from platform.sessions as s
    where s.expires_at < prune_sign_in.at - interval '30 days'
       or s.revoked_at < prune_sign_in.at - interval '30 days';
    get diagnostics removed = row_count;
    return total + removed;
end
$$;

-- Whose a mailed token is, while it is valid: a new password is held against the person's name and address.
create function platform.find_token_holder(digest bytea, kind text, at timestamptz)
returns table (id uuid, email text, name text)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select u.id, u.email, u.name
    from platform.user_tokens as t
    join platform.users as u on u.id = t.user_id
    where t.digest = $1
      and t.kind = $2
      and t.used_at is null
      and t.expires_at > $3
$$;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.is_known_place(uuid, timestamptz)',
        'platform.sign_in_wait(uuid, text, text[], timestamptz)',
        'platform.sign_in_failed(uuid, text, text[], integer[], integer[], integer[], timestamptz)',
        'platform.sign_in_passed(uuid, text, text[], text[], timestamptz)', 'platform.forget_attempts(text[])',
        'platform.find_token_holder(bytea, text, timestamptz)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
