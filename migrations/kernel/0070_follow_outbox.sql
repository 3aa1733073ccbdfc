-- Whether events wait behind an open transaction is asked once, and of the index's end: asked for each row by `exists`,
-- it is planned as a scan that ends soon, and reads the whole table where nothing waits.

create or replace function platform.follow_outbox(after_xid xid8, after_position bigint, wanted integer)
returns table (
    edge xid8,
    told_at timestamptz,
    is_ahead boolean,
    organization_id uuid,
    event text,
    record_id uuid,
    record_version integer,
    owner_before uuid,
    owner_after uuid,
    actor_id uuid,
    at timestamptz,
    xid xid8,
    "position" bigint
)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    with edge as materialized (
        select
            s.xid,
            coalesce(s.xid <= (
                select n.xid
                from kernel.outbox as n
                order by n.xid desc, n.position desc
                limit 1), false) as is_ahead
        from (select pg_snapshot_xmin(pg_current_snapshot()) as xid) as s
    )
    select
        e.xid, now(), e.is_ahead, o.organization_id, o.event, o.record_id, o.record_version, o.owner_before,
        o.owner_after, o.actor_id, o.at::timestamptz, o.xid, o.position
    from edge as e
    left join lateral (
        select
            u.organization_id, u.event, u.record_id, u.record_version, u.owner_before, u.owner_after, u.actor_id, u.at,
            u.xid, u.position
        from kernel.outbox as u
        where (u.xid, u.position) > ($1, $2)
          and u.xid < e.xid
          and right(u.event, 8) <> '.entered'
        order by u.xid, u.position
        limit $3
    ) as o on true
    order by o.xid, o.position
$$;
