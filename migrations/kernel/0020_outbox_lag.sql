-- How far a reader of the outbox is behind.

-- When the first event was written that is committed and that the consumer has not read; null when there is none. An
-- event may have to wait for transactions that are still open, in any database of the cluster.
create function platform.outbox_waits_since(consumer text)
returns timestamptz
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select o.at::timestamptz
    from kernel.outbox as o
    where (o.xid, o.position) > (
            coalesce((select c.xid from platform.outbox_cursors as c where c.consumer = $1), '0'::xid8),
            coalesce((select c.position from platform.outbox_cursors as c where c.consumer = $1), 0))
    order by o.xid, o.position
    limit 1
$$;
alter function platform.outbox_waits_since(text) owner to platform_definer;
grant execute on function platform.outbox_waits_since(text) to platform_app;
