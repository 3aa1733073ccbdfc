-- As before, but whoever tries one account from one network stands in line: what there is to be waited for is looked at
-- behind the failure before, and not beside it. The lock goes before those of the rows, always.
create or replace function platform.sign_in_failed(
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
    perform pg_advisory_xact_lock(hashtextextended(own, 0));
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

create or replace function platform.sign_in_passed(
    person uuid, own text, shared text[], cleared text[], at timestamptz)
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    wait integer;
begin
    perform pg_advisory_xact_lock(hashtextextended(own, 0));
    wait := platform.sign_in_wait(person, own, shared, at);
    if wait = 0 then
        delete from platform.sign_in_attempts as a
        where a.bucket in (select decode(b, 'hex') from unnest(cleared) as b);
    end if;
    return wait;
end
$$;
