-- What plans say in numbers, read for many organizations at once and taken as a number only where it is one.

-- The limits of the organizations' plans; Billing gives its own answer.
create function platform.plan_limits(organizations uuid[])
returns table (organization_id uuid, limits jsonb)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select null::uuid, null::jsonb
    where false
$$;
alter function platform.plan_limits(uuid[]) owner to platform_definer;

-- One of a plan's numbers, from 1 to a thousand millions, rounded down; the standard where the plan has none.
create function platform.limit_in(limits jsonb, name text, standard integer)
returns integer
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select case
        when jsonb_typeof($1 -> $2) = 'number'
            then floor(least(greatest(($1 -> $2)::numeric, 1), 1000000000))::integer
        else $3
    end
$$;
alter function platform.limit_in(jsonb, text, integer) owner to platform_definer;

-- What the organization's plan says instead of the installation's numbers.
create or replace function platform.request_limits(organization uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select p.limits
    from platform.plan_limits(array[$1]) as p
$$;

create or replace function platform.take_requests(
    subject text, window_start timestamptz, wanted integer, standard integer, organization uuid, limit_name text)
returns table (granted integer, ceiling integer, used integer)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    most integer := platform.limit_in(platform.request_limits(organization), limit_name, standard);
    before integer;
begin
    insert into platform.request_counts as c (subject, window_start, used)
    values (take_requests.subject, take_requests.window_start, 0)
    on conflict do nothing;
    select c.used into before
    from platform.request_counts as c
    where c.subject = take_requests.subject
      and c.window_start = take_requests.window_start
    for update;
    granted := greatest(0, least(wanted, most - before));
    ceiling := most;
    used := before + granted;
    if granted > 0 then
        update platform.request_counts as c
        set used = take_requests.used
        where c.subject = take_requests.subject
          and c.window_start = take_requests.window_start;
    end if;
    return next;
end
$$;

-- As before; the caps of all lanes are read at once, as one claim at a time works in the cluster.
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

    select array_agg(t.lane order by t.turn) into lanes
    from platform.lanes_in_turn(claim_jobs.worker) as t;

    -- The plan's word, else the organization's own; less what is under way.
    select array_agg(
        platform.limit_in(p.limits, 'jobs_under_way', coalesce(o.job_cap, 100)) - r.under_way order by l.turn)
    into rooms
    from unnest(lanes) with ordinality as l (lane, turn)
    left join platform.organizations as o on o.id = l.lane
    left join platform.plan_limits(lanes) as p on p.organization_id = l.lane
    cross join lateral (
        select count(*)::integer as under_way
        from platform.jobs as j
        where j.lane = l.lane
          and j.state = 'running') as r;

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
drop function platform.job_cap(uuid);
