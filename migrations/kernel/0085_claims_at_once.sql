-- The queue by sets: one statement claims for all lanes, and one ends what is done.
--
-- The table is empty at one moment and holds a hundred thousand rows at the next, so that the planner takes it for tiny
-- and would rather walk through all of it, or ask an inner query again for each row. So rows are looked up one by one
-- by their keys (a lateral query can't be turned round), locked, and changed by their places, where no other way leads.

-- Of no use to a look-up by id alone, which took it for the key's.
drop index platform.jobs_organization_id_idx;
create index jobs_organization_id_idx on platform.jobs (organization_id, id) where organization_id is not null;

-- Parts of the statements that call them, which pin the search path: a function with a path of its own never is, and in
-- SQL is parsed and planned at each call.
alter function platform.limit_in(jsonb, text, integer) reset search_path;
alter function platform.plan_limits(uuid[]) reset search_path;

-- As before, but the state is hidden from the planner: a job has a name, and needs no walk over all that run.
create or replace function platform.is_claim(job platform.jobs, worker uuid, attempt integer)
returns boolean
language sql immutable
as $$
    select coalesce(job.state, '') = 'running'
        and job.worker = $2
        and job.attempt = $3
$$;

-- As before, with a plan that is kept.
create or replace function platform.lanes_in_turn(worker uuid)
returns table (lane uuid, turn bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    with recursive start as (
        select coalesce(
            (select w.last_lane from platform.job_workers as w where w.worker = lanes_in_turn.worker),
            'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid) as lane
    ),
    behind as (
        select s.lane, true as rests, 0 as step
        from start as s
        union all
        select n.lane, n.rests, b.step + case when n.rests then 0 else 1 end
        from behind as b
        cross join lateral (
            select j.lane, exists (
                select
                from platform.organizations as o
                where o.id = j.lane
                  and o.status = 'suspended') as rests
            from platform.jobs as j
            where j.state = 'available'
              and j.lane > b.lane
            order by j.lane
            limit 1) as n
        where b.step < 64
    ),
    before as (
        select n.lane, n.rests, case when n.rests then 0 else 1 end as step
        from (
            select j.lane, exists (
                select
                from platform.organizations as o
                where o.id = j.lane
                  and o.status = 'suspended') as rests
            from platform.jobs as j
            where j.state = 'available'
              and j.lane <= (select s.lane from start as s)
            order by j.lane
            limit 1) as n
        union all
        select n.lane, n.rests, b.step + case when n.rests then 0 else 1 end
        from before as b
        cross join lateral (
            select j.lane, exists (
                select
                from platform.organizations as o
                where o.id = j.lane
                  and o.status = 'suspended') as rests
            from platform.jobs as j
            where j.state = 'available'
              and j.lane > b.lane
              and j.lane <= (select s.lane from start as s)
            order by j.lane
            limit 1) as n
        where b.step < 64
    )
    select l.lane, row_number() over (order by l.half, l.step)
    from (
        select b.lane, b.rests, 1 as half, b.step from behind as b
        union all
        select b.lane, b.rests, 2, b.step from before as b
    ) as l
    where not l.rests
    order by 2
    limit 64;
end
$$;

-- Up to `wanted` jobs of the given kinds (null: any): the first of each lane with work, in turn, then the second of
-- each, within each lane's cap.
create or replace function platform.claim_jobs(worker uuid, kinds text[], wanted integer, lease interval)
returns table (
    id uuid, organization_id uuid, kind text, version integer, payload jsonb, attempt integer, snoozes integer,
    max_attempts integer, leased_until timestamptz, created_at timestamptz)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
    lanes uuid[];
    offered uuid[];
    last_offered uuid;
begin
    -- One claim at a time in the cluster: caps hold exactly, and claimers don't walk over each other's rows.
    perform pg_advisory_xact_lock(hashtextextended('platform.claim_jobs', 0));

    update platform.jobs as j
    set state = 'available'
    where j.ctid = any (array(
        select s.ctid
        from platform.jobs as s
        where s.state = 'scheduled'
          and s.run_at <= now()
        order by s.run_at
        limit 1000
        for update skip locked));

    select array_agg(t.lane order by t.turn) into lanes
    from platform.lanes_in_turn(claim_jobs.worker) as t;

    -- The plan's word, else the organization's own; less what is under way.
    with rooms as materialized (
        select
            l.lane,
            l.turn,
            platform.limit_in(p.limits, 'jobs_under_way', coalesce(o.job_cap, 100)) - r.under_way as room
        from unnest(lanes) with ordinality as l (lane, turn)
        left join platform.organizations as o on o.id = l.lane
        left join platform.plan_limits(lanes) as p on p.organization_id = l.lane
        cross join lateral (
            select count(*)::integer as under_way
            from platform.jobs as j
            where j.lane = l.lane
              and j.state = 'running') as r
    ),
    turns as (
        select w.id, w.place, r.turn, r.lane
        from rooms as r
        cross join lateral (
            select j.id, row_number() over (order by j.priority, j.run_at, j.id) as place
            from platform.jobs as j
            where j.lane = r.lane
              and j.state = 'available'
              and (kinds is null or j.kind = any (kinds))
            order by j.priority, j.run_at, j.id
            limit least(r.room, wanted)) as w
        where r.room > 0
        order by w.place, r.turn
        limit wanted
    )
    select array_agg(t.id), (array_agg(t.lane order by t.place desc, t.turn desc))[1] into offered, last_offered
    from turns as t;

    if offered is null then
        return;
    end if;
    insert into platform.job_workers as w (worker, last_lane)
    values (claim_jobs.worker, last_offered)
    on conflict on constraint job_workers_pkey do update
    set last_lane = excluded.last_lane, seen_at = now();

    -- One that is being cancelled is left alone.
    return query
    update platform.jobs as j
    set state = 'running', attempt = j.attempt + 1, worker = claim_jobs.worker, heartbeat_at = now(),
        leased_until = now() + claim_jobs.lease
    where j.ctid = any (array(
        select a.ctid
        from unnest(offered) as o (id)
        cross join lateral (
            select w.ctid
            from platform.jobs as w
            where w.id = o.id
              and coalesce(w.state, '') = 'available'
            for update skip locked) as a))
    returning j.id, j.organization_id, j.kind, j.version, j.payload, j.attempt, j.snoozes, j.max_attempts,
              j.leased_until::timestamptz, j.created_at::timestamptz;
end
$$;

-- Locks those of the jobs that are the worker's by the claim told with each, in the order told, and answers where they
-- are.
create function platform.hold_claims(worker uuid, ids uuid[], claims integer[])
returns tid[]
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    return array(
        select j.ctid
        from unnest(ids, claims) as c (id, claim)
        cross join lateral (
            select w.ctid
            from platform.jobs as w
            where w.id = c.id
              and platform.is_claim(w, hold_claims.worker, c.claim)
            for update) as j);
end
$$;
alter function platform.hold_claims(uuid, uuid[], integer[]) owner to platform_definer;
revoke execute on function platform.hold_claims(uuid, uuid[], integer[]) from public;

-- Ends jobs that are done, each fenced by its own claim; answers those that were still the worker's.
create function platform.complete_jobs(worker uuid, ids uuid[], claims integer[])
returns setof uuid
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
    held tid[] := platform.hold_claims(worker, ids, claims);
begin
    return query
    update platform.jobs as j
    set state = 'completed', finished_at = now(), leased_until = null, last_error = null
    where j.ctid = any (held)
    returning j.id;
end
$$;
alter function platform.complete_jobs(uuid, uuid[], integer[]) owner to platform_definer;
revoke execute on function platform.complete_jobs(uuid, uuid[], integer[]) from public;
grant execute on function platform.complete_jobs(uuid, uuid[], integer[]) to platform_app;

create or replace function platform.heartbeat_jobs(worker uuid, ids uuid[], claims integer[], lease interval)
returns table (id uuid, claim integer)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
    held tid[] := platform.hold_claims(worker, ids, claims);
begin
    return query
    update platform.jobs as j
    set heartbeat_at = now(), leased_until = now() + heartbeat_jobs.lease
    where j.ctid = any (held)
    returning j.id, j.attempt;
end
$$;

-- As before.
create or replace function platform.rescue_jobs()
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
    rescued integer;
begin
    update platform.jobs as j
    set state = 'available', last_error = 'lease_ran_out', worker = null, leased_until = null
    where j.ctid = any (array(
        select r.ctid
        from platform.jobs as r
        where r.state = 'running'
          and r.leased_until < now()
        limit 1000
        for update skip locked));
    get diagnostics rescued = row_count;
    delete from platform.job_workers as w
    where w.seen_at < now() - interval '1 day';
    return rescued;
end
$$;
