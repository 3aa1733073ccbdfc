-- Leases by claim, and no job that ends without its work being told.

-- Prolongs leases, each fenced by its own claim: a worker that stood still may have claimed one of its jobs twice.
create function platform.heartbeat_jobs(worker uuid, ids uuid[], claims integer[], lease interval)
returns table (id uuid, claim integer)
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    update platform.jobs as j
    set heartbeat_at = now(), leased_until = now() + $4
    from unnest($2, $3) as h (id, claim)
    where j.id = h.id
      and platform.is_claim(j, $1, h.claim)
    returning j.id, j.attempt
$$;
alter function platform.heartbeat_jobs(uuid, uuid[], integer[], interval) owner to platform_definer;
revoke execute on function platform.heartbeat_jobs(uuid, uuid[], integer[], interval) from public;
grant execute on function platform.heartbeat_jobs(uuid, uuid[], integer[], interval) to platform_app;

-- Whether a claim still holds; if so, nobody takes the job from it before the transaction ends.
create function platform.hold_job(id uuid, worker uuid, attempt integer)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
    from platform.jobs as j
    where j.id = hold_job.id
      and platform.is_claim(j, hold_job.worker, hold_job.attempt)
    for update;
    return found;
end
$$;
alter function platform.hold_job(uuid, uuid, integer) owner to platform_definer;
revoke execute on function platform.hold_job(uuid, uuid, integer) from public;
grant execute on function platform.hold_job(uuid, uuid, integer) to platform_app;

-- Takes back jobs whose lease ran out, up to 1,000, and returns how many. A row held by its completion is skipped. One
-- that has no attempt left is claimed once more, by a worker that does not run it but tells its work that it is over.
create or replace function platform.rescue_jobs()
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    rescued integer;
begin
    update platform.jobs as j
    set state = 'available', last_error = 'lease_ran_out', worker = null, leased_until = null
    where j.id in (
        select r.id
        from platform.jobs as r
        where r.state = 'running'
          and r.leased_until < now()
        limit 1000
        for update skip locked);
    get diagnostics rescued = row_count;
    delete from platform.job_workers as w
    where w.seen_at < now() - interval '1 day';
    return rescued;
end
$$;

-- The claim that only sets a job aside is no attempt.
create or replace function platform.discard_job(id uuid, worker uuid, attempt integer, error text)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set state = 'discarded', finished_at = now(), last_error = left(discard_job.error, 2000), leased_until = null,
        snoozes = greatest(j.snoozes, j.attempt - j.max_attempts)
    where j.id = discard_job.id
      and platform.is_claim(j, discard_job.worker, discard_job.attempt);
    return found;
end
$$;
