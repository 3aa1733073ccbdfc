-- The lanes with work, in a circle from behind the worker's last one, at most 64. Those of suspended organizations are
-- stepped over without being counted: their jobs rest.
create or replace function platform.lanes_in_turn(worker uuid)
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
    limit 64
$$;
