-- The queue: enqueue in the caller's transaction, claim in batches and fairly, nothing done twice.
-- Every outcome is fenced by (running, worker, attempt); so is rescue. A lane is an organization, or the installation.

create table platform.jobs (
    id uuid not null default kernel.new_id(),
    organization_id uuid,
    lane uuid not null
        generated always as (coalesce(organization_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored,
    kind text not null,
    version integer not null default 1,
    payload jsonb not null default '{}',
    state text not null default 'available',
    priority smallint not null default 0,
    -- Counts claims and never goes back, so that no two claims share a number; `snoozes` are those that don't count.
    attempt integer not null default 0,
    snoozes integer not null default 0,
    max_attempts integer not null default 10,
    run_at timestamptz(3) not null default now(),
    unique_key text,
    worker uuid,
    leased_until timestamptz(3),
    heartbeat_at timestamptz(3),
    created_at timestamptz(3) not null default now(),
    finished_at timestamptz(3),
    last_error text,
    progress jsonb,
    constraint jobs_pkey primary key (id),
    constraint jobs_state_check check (
        state in ('available', 'scheduled', 'running', 'completed', 'cancelled', 'discarded')),
    constraint jobs_max_attempts_check check (max_attempts > 0)
) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_cost_delay = 0
);
create unique index jobs_unique_key_key on platform.jobs (lane, kind, unique_key)
where unique_key is not null and state in ('available', 'scheduled', 'running');
-- Lower numbers go first.
create index jobs_available_idx on platform.jobs (lane, priority, run_at, id) where state = 'available';
create index jobs_scheduled_idx on platform.jobs (run_at) where state = 'scheduled';
create index jobs_running_idx on platform.jobs (lane, leased_until) where state = 'running';
create index jobs_discarded_idx on platform.jobs (kind, created_at) where state = 'discarded';
create index jobs_finished_at_idx on platform.jobs (finished_at) where finished_at is not null;

-- Where each worker stands on its way round the lanes.
create table platform.job_workers (
    worker uuid not null,
    last_lane uuid not null,
    seen_at timestamptz(3) not null default now(),
    constraint job_workers_pkey primary key (worker)
);

grant select, insert, update, delete on platform.jobs, platform.job_workers to platform_definer;

-- The organization is the transaction's. A live job of the same kind and unique key is returned instead of a new one.
create function platform.enqueue_job(
    kind text, version integer, payload jsonb, priority smallint default 0, run_at timestamptz default null,
    unique_key text default null, max_attempts integer default 10)
returns uuid
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    organization uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
    job uuid;
begin
    loop
        insert into platform.jobs as j (
            organization_id, kind, version, payload, state, priority, run_at, unique_key, max_attempts)
        values (
            organization, enqueue_job.kind, enqueue_job.version, coalesce(enqueue_job.payload, '{}'),
            case when enqueue_job.run_at > now() then 'scheduled' else 'available' end,
            coalesce(enqueue_job.priority, 0::smallint), coalesce(enqueue_job.run_at, now()), enqueue_job.unique_key,
            coalesce(enqueue_job.max_attempts, 10))
        on conflict (lane, kind, unique_key)
            where unique_key is not null and state in ('available', 'scheduled', 'running')
            do nothing
        returning j.id into job;
        if job is not null then
            return job;
        end if;
        select j.id into job
        from platform.jobs as j
        where j.lane = coalesce(organization, '00000000-0000-0000-0000-000000000000'::uuid)
          and j.kind = enqueue_job.kind
          and j.unique_key = enqueue_job.unique_key
          and j.state in ('available', 'scheduled', 'running');
        if job is not null then
            return job;
        end if;
        -- It ended between the two statements: there is room for ours now.
    end loop;
end
$$;

-- The lanes with work, in a circle from behind the worker's last one, at most 64.
create function platform.lanes_in_turn(worker uuid)
returns table (lane uuid, turn bigint)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    with recursive start as (
        select coalesce(
            (select w.last_lane from platform.job_workers as w where w.worker = $1),
            'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) as lane
    ),
    behind as (
        (select j.lane, 1 as step from platform.jobs as j
         where j.state = 'available' and j.lane > (select s.lane from start as s) order by j.lane limit 1)
        union all
        select (select j.lane from platform.jobs as j
                where j.state = 'available' and j.lane > b.lane order by j.lane limit 1), b.step + 1
        from behind as b
        where b.lane is not null and b.step < 64
    ),
    before as (
        (select j.lane, 1 as step from platform.jobs as j
         where j.state = 'available' and j.lane <= (select s.lane from start as s) order by j.lane limit 1)
        union all
        select (select j.lane from platform.jobs as j
                where j.state = 'available' and j.lane > b.lane and j.lane <= (select s.lane from start as s)
                order by j.lane limit 1), b.step + 1
        from before as b
        where b.lane is not null and b.step < 64
    )
    select l.lane, row_number() over (order by l.half, l.step)
    from (
        select b.lane, 1 as half, b.step from behind as b
        union all
        select b.lane, 2, b.step from before as b
    ) as l
    where l.lane is not null
    order by 2
    limit 64
$$;

-- Up to `wanted` jobs of the given kinds (null: any), shared out over the lanes with work and within each lane's cap.
create function platform.claim_jobs(worker uuid, kinds text[], wanted integer, lease interval)
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
        coalesce((select o.job_cap from platform.organizations as o where o.id = t.lane), 100)
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

alter function platform.enqueue_job(text, integer, jsonb, smallint, timestamptz, text, integer)
    owner to platform_definer;
alter function platform.lanes_in_turn(uuid) owner to platform_definer;
alter function platform.claim_jobs(uuid, text[], integer, interval) owner to platform_definer;
grant execute on function
    platform.enqueue_job(text, integer, jsonb, smallint, timestamptz, text, integer),
    platform.claim_jobs(uuid, text[], integer, interval)
to platform_app;
