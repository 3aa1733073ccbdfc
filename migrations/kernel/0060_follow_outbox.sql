-- What every process follows to tell its event streams.

-- Up to `wanted` events of all organizations after a place, in the order of transactions, and none that a transaction
-- still under way could come before. The first columns stand in every row, and in a row of their own where there is no
-- event: the transaction that all told ones are before, the database's clock, and whether events wait behind it.
create function platform.follow_outbox(after_xid xid8, after_position bigint, wanted integer)
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
        select pg_snapshot_xmin(pg_current_snapshot()) as xid
    )
    select
        e.xid,
        now(),
        exists (
            select
            from kernel.outbox as n
            where n.xid >= e.xid),
        o.organization_id, o.event, o.record_id, o.record_version, o.owner_before, o.owner_after, o.actor_id,
        o.at::timestamptz, o.xid, o.position
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
alter function platform.follow_outbox(xid8, bigint, integer) owner to platform_definer;
revoke execute on function platform.follow_outbox(xid8, bigint, integer) from public;
grant execute on function platform.follow_outbox(xid8, bigint, integer) to platform_app;
