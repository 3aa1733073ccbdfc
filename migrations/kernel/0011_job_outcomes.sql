-- What becomes of a claimed job. Each answers false when the job is no longer this worker's: whoever completes a job
-- in the transaction of its effect must then roll back.

create function platform.heartbeat_jobs(worker uuid, ids uuid[], lease interval)
returns setof uuid
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    update platform.jobs as j
    set heartbeat_at = now(), leased_until = now() + $3
    where j.id = any ($2)
      and j.state = 'running'
      and j.worker = $1
    returning j.id
$$;

create function platform.complete_job(id uuid, worker uuid, attempt integer)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set state = 'completed', finished_at = now(), leased_until = null, last_error = null
    where j.id = complete_job.id
      and j.state = 'running'
      and j.worker = complete_job.worker
      and j.attempt = complete_job.attempt;
    return found;
end
$$;

-- Again at `run_at`, or discarded when this was the last attempt.
create function platform.retry_job(id uuid, worker uuid, attempt integer, run_at timestamptz, error text)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set state = case
            when j.attempt - j.snoozes >= j.max_attempts then 'discarded'
            when retry_job.run_at > now() then 'scheduled'
            else 'available'
        end,
        finished_at = case when j.attempt - j.snoozes >= j.max_attempts then now() end,
        run_at = retry_job.run_at,
        last_error = left(retry_job.error, 2000),
        worker = null,
        leased_until = null
    where j.id = retry_job.id
      and j.state = 'running'
      and j.worker = retry_job.worker
      and j.attempt = retry_job.attempt;
    return found;
end
$$;

create function platform.discard_job(id uuid, worker uuid, attempt integer, error text)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set state = 'discarded', finished_at = now(), last_error = left(discard_job.error, 2000), leased_until = null
    where j.id = discard_job.id
      and j.state = 'running'
      and j.worker = discard_job.worker
      and j.attempt = discard_job.attempt;
    return found;
end
$$;

-- Later, without this attempt being counted.
create function platform.snooze_job(id uuid, worker uuid, attempt integer, run_at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set state = case when snooze_job.run_at > now() then 'scheduled' else 'available' end,
        run_at = snooze_job.run_at,
        snoozes = j.snoozes + 1,
        worker = null,
        leased_until = null
    where j.id = snooze_job.id
      and j.state = 'running'
      and j.worker = snooze_job.worker
      and j.attempt = snooze_job.attempt;
    return found;
end
$$;

create function platform.record_job_progress(id uuid, worker uuid, attempt integer, progress jsonb)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set progress = record_job_progress.progress
    where j.id = record_job_progress.id
      and j.state = 'running'
      and j.worker = record_job_progress.worker
      and j.attempt = record_job_progress.attempt;
    return found;
end
$$;

-- Takes back jobs whose lease ran out, up to 1,000, and returns how many. A row held by its completion is skipped.
create function platform.rescue_jobs()
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    rescued integer;
begin
    update platform.jobs as j
    set state = case when j.attempt - j.snoozes >= j.max_attempts then 'discarded' else 'available' end,
        finished_at = case when j.attempt - j.snoozes >= j.max_attempts then now() end,
        last_error = 'lease ran out',
        worker = null,
        leased_until = null
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

-- Of the transaction's organization, or of any when none is set. A running job loses its worker's claim at once.
create function platform.cancel_job(id uuid)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
    update platform.jobs as j
    set state = 'cancelled', finished_at = now(), worker = null, leased_until = null
    where j.id = cancel_job.id
      and j.state in ('available', 'scheduled', 'running')
      and (organization is null or j.organization_id = organization);
    return found;
end
$$;

-- A dead or cancelled job starts afresh; false also when a live job holds its unique key.
create function platform.replay_job(id uuid)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
    update platform.jobs as j
    set state = 'available', run_at = now(), finished_at = null, snoozes = j.attempt, worker = null
    where j.id = replay_job.id
      and j.state in ('cancelled', 'discarded')
      and (organization is null or j.organization_id = organization);
    return found;
exception
    when unique_violation then return false;
end
$$;

-- One job of the transaction's organization, for whoever was answered 202 with its id.
create function platform.read_job(job uuid)
returns table (
    id uuid, kind text, state text, attempt integer, run_at timestamptz, created_at timestamptz,
    finished_at timestamptz, last_error text, progress jsonb)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select j.id, j.kind, j.state, j.attempt - j.snoozes, j.run_at, j.created_at, j.finished_at, j.last_error, j.progress
    from platform.jobs as j
    where j.id = $1
      and j.organization_id = current_setting('app.organization_id')::uuid
$$;

-- For metrics: what waits, runs or died, by kind, and since when the oldest is due.
create function platform.job_states()
returns table (state text, kind text, jobs bigint, oldest timestamptz)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select j.state, j.kind, count(*), min(j.run_at)::timestamptz
    from platform.jobs as j
    where j.state = 'available'
    group by 1, 2
    union all
    select j.state, j.kind, count(*), min(j.run_at)::timestamptz
    from platform.jobs as j
    where j.state = 'scheduled'
    group by 1, 2
    union all
    select j.state, j.kind, count(*), min(j.heartbeat_at)::timestamptz
    from platform.jobs as j
    where j.state = 'running'
    group by 1, 2
    union all
    select j.state, j.kind, count(*), min(j.created_at)::timestamptz
    from platform.jobs as j
    where j.state = 'discarded'
    group by 1, 2
$$;

-- Removes up to 10,000 completed or cancelled jobs that ended before `before`, and returns how many.
create function platform.prune_jobs(before timestamptz)
returns integer
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    with removed as (
        delete from platform.jobs as j
        where j.id in (
            select o.id
            from platform.jobs as o
            where o.finished_at < before
              and o.state in ('completed', 'cancelled')
            order by o.finished_at
            limit 10000)
        returning 1
    )
    select count(*)::integer from removed
$$;

do $$
declare
    outcome regprocedure;
begin
    foreach outcome in array array[
        'platform.heartbeat_jobs(uuid, uuid[], interval)', 'platform.complete_job(uuid, uuid, integer)',
        'platform.retry_job(uuid, uuid, integer, timestamptz, text)',
        'platform.discard_job(uuid, uuid, integer, text)', 'platform.snooze_job(uuid, uuid, integer, timestamptz)',
        'platform.record_job_progress(uuid, uuid, integer, jsonb)', 'platform.rescue_jobs()',
        'platform.cancel_job(uuid)', 'platform.replay_job(uuid)', 'platform.read_job(uuid)', 'platform.job_states()',
        'platform.prune_jobs(timestamptz)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', outcome);
        execute format('grant execute on function %s to platform_app', outcome);
    end loop;
end
$$;
