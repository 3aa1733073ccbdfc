-- Jobs for those who run an organization: what waits, runs or died, without what the jobs were told.

-- Of the transaction's organization, the newest first; null means any.
create function platform.list_jobs(id uuid, state text, kind text, before uuid, wanted integer)
returns table (
    id uuid, kind text, state text, priority integer, attempt integer, max_attempts integer, run_at timestamptz,
    created_at timestamptz, finished_at timestamptz, last_error text, progress jsonb)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select j.id, j.kind, j.state, j.priority::integer, j.attempt - j.snoozes, j.max_attempts, j.run_at, j.created_at,
        j.finished_at, j.last_error, j.progress
    from platform.jobs as j
    where j.organization_id = current_setting('app.organization_id')::uuid
      and ($1 is null or j.id = $1)
      and ($2 is null or j.state = $2)
      and ($3 is null or j.kind = $3)
      and ($4 is null or j.id < $4)
    order by j.id desc
    limit $5
$$;

-- Cancels a job of the transaction's organization that has not ended; gives what it was, so that its work can tell.
create function platform.stop_job(id uuid)
returns table (kind text, payload jsonb)
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    update platform.jobs as j
    set state = 'cancelled', finished_at = now(), worker = null, leased_until = null
    where j.id = $1
      and j.state in ('available', 'scheduled', 'running')
      and j.organization_id = current_setting('app.organization_id')::uuid
    returning j.kind, j.payload
$$;

-- How many jobs of a lane may be under way at once: the plan's word, else the organization's own.
create function platform.job_cap(lane uuid)
returns integer
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (platform.request_limits($1) ->> 'jobs_under_way')::integer,
        (select o.job_cap from platform.organizations as o where o.id = $1),
        100)
$$;

-- As before, with the caps of plans.
create or replace function platform.claim_jobs(worker uuid, kinds text[], wanted integer, lease interval)
returns table (
    id uuid, organization_id uuid, kind text, version integer, payload jsonb, attempt integer, snoozes integer,
    max_attempts integer, leased_until timestamptz, created_at timestamptz)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    lanes uuid[];
    rooms integer[];
    room integer;
    left_over integer := wanted;
    share integer;
    taken integer;
    last_taken uuid;
    progressed boolean := true;
begin
    -- One claim at a time in the cluster: caps hold exactly, and claimers don't walk over each other's rows.
    perform pg_advisory_xact_lock(hashtextextended('platform.claim_jobs', 0));

    update platform.jobs as j
    set state = 'available'
    where j.id in (
        select s.id
        from platform.jobs as s
        where s.state = 'scheduled'
          and s.run_at <= now()
        order by s.run_at
        limit 1000
        for update skip locked);

    select array_agg(t.lane order by t.turn), array_agg(
        platform.job_cap(t.lane)
        - (select count(*) from platform.jobs as r where r.lane = t.lane and r.state = 'running')::integer
        order by t.turn)
    into lanes, rooms
    from platform.lanes_in_turn(claim_jobs.worker) as t;

    while progressed and left_over > 0 and lanes is not null loop
        progressed := false;
        share := greatest(1, left_over / cardinality(lanes));
        for position in 1 .. cardinality(lanes) loop
            room := least(share, rooms[position], left_over);
            continue when room <= 0;
            return query
            update platform.jobs as j
            set state = 'running', attempt = j.attempt + 1, worker = claim_jobs.worker, heartbeat_at = now(),
                leased_until = now() + claim_jobs.lease
            where j.id in (
                select a.id
                from platform.jobs as a
                where a.lane = lanes[position]
                  and a.state = 'available'
                  and (kinds is null or a.kind = any (kinds))
                order by a.priority, a.run_at, a.id
                limit room
                for update skip locked)
            returning j.id, j.organization_id, j.kind, j.version, j.payload, j.attempt, j.snoozes, j.max_attempts,
                      j.leased_until::timestamptz, j.created_at::timestamptz;
            get diagnostics taken = row_count;
            -- A lane that gave less than it was asked for has no more.
            rooms[position] := case when taken < room then 0 else rooms[position] - taken end;
            if taken > 0 then
                left_over := left_over - taken;
                last_taken := lanes[position];
                progressed := true;
            end if;
        end loop;
    end loop;

    if last_taken is not null then
        insert into platform.job_workers as w (worker, last_lane)
        values (claim_jobs.worker, last_taken)
        on conflict on constraint job_workers_pkey do update
        set last_lane = excluded.last_lane, seen_at = now();
    end if;
end
$$;

alter function platform.list_jobs(uuid, text, text, uuid, integer) owner to platform_definer;
alter function platform.stop_job(uuid) owner to platform_definer;
alter function platform.job_cap(uuid) owner to platform_definer;
grant execute on function platform.list_jobs(uuid, text, text, uuid, integer), platform.stop_job(uuid) to platform_app;
grant execute on function platform.request_limits(uuid) to platform_definer;
