-- The fence of every outcome, said once: a job is a worker's while it runs under that worker's own claim.
create function platform.is_claim(job platform.jobs, worker uuid, attempt integer)
returns boolean
language sql immutable
as $$
    select job.state = 'running'
        and job.worker = $2
        and job.attempt = $3
$$;
grant execute on function platform.is_claim(platform.jobs, uuid, integer) to platform_definer;

create or replace function platform.complete_job(id uuid, worker uuid, attempt integer)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set state = 'completed', finished_at = now(), leased_until = null, last_error = null
    where j.id = complete_job.id
      and platform.is_claim(j, complete_job.worker, complete_job.attempt);
    return found;
end
$$;

create or replace function platform.retry_job(
    id uuid, worker uuid, attempt integer, run_at timestamptz, error text)
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
      and platform.is_claim(j, retry_job.worker, retry_job.attempt);
    return found;
end
$$;

create or replace function platform.discard_job(id uuid, worker uuid, attempt integer, error text)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set state = 'discarded', finished_at = now(), last_error = left(discard_job.error, 2000), leased_until = null
    where j.id = discard_job.id
      and platform.is_claim(j, discard_job.worker, discard_job.attempt);
    return found;
end
$$;

create or replace function platform.snooze_job(id uuid, worker uuid, attempt integer, run_at timestamptz)
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
      and platform.is_claim(j, snooze_job.worker, snooze_job.attempt);
    return found;
end
$$;

create or replace function platform.record_job_progress(
    id uuid, worker uuid, attempt integer, progress jsonb)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.jobs as j
    set progress = record_job_progress.progress
    where j.id = record_job_progress.id
      and platform.is_claim(j, record_job_progress.worker, record_job_progress.attempt);
    return found;
end
$$;
