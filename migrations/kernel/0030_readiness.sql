-- What `/health/ready` asks: whether this program's migrations are applied, and whether any worker is alive.
grant select on platform.schema_migrations to platform_definer;

-- A worker says every few seconds that it lives, with work or without. `rescue_jobs` forgets the dead after a day.
create function platform.announce_worker(worker uuid)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    insert into platform.job_workers as w (worker, last_lane)
    values ($1, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    on conflict on constraint job_workers_pkey do update
    set seen_at = now()
$$;

-- A worker that stops in order is gone at once.
create function platform.dismiss_worker(worker uuid)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    delete from platform.job_workers as w
    where w.worker = $1
$$;

-- Migrations that the program does not know are no fault: an older program runs on beside a newer one's schema.
create function platform.readiness(names text[], checksums text[], patience interval)
returns table (is_migrated boolean, has_worker boolean)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        not exists (
            select
            from unnest($1, $2) as k (name, checksum)
            where not exists (
                select
                from platform.schema_migrations as m
                where m.name = k.name
                  and m.checksum = k.checksum)),
        exists (
            select
            from platform.job_workers as w
            where w.seen_at > now() - $3)
$$;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.announce_worker(uuid)', 'platform.dismiss_worker(uuid)',
        'platform.readiness(text[], text[], interval)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
