-- The outbox and its readers, states passed through, human numbers, and answers kept for a repeated request.

create table kernel.outbox (
    organization_id uuid not null,
    id uuid not null default kernel.new_id(),
    position bigint not null generated always as identity,
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz(3) not null default now(),
    event text not null,
    version integer not null default 1,
    record_id uuid not null,
    record_version integer,
    changed text[],
    owner_before uuid,
    owner_after uuid,
    actor_kind text not null,
    actor_id uuid,
    request_id text,
    detail jsonb,
    constraint outbox_pkey primary key (organization_id, id)
);
-- Not led by the organization: readers follow all of them in the order of transactions.
create index outbox_xid_idx on kernel.outbox (xid, position);

create table kernel.outbox_consumed (
    organization_id uuid not null,
    consumer text not null,
    event_id uuid not null,
    at timestamptz(3) not null default now(),
    constraint outbox_consumed_pkey primary key (organization_id, consumer, event_id)
);

create table kernel.transitions (
    organization_id uuid not null,
    id uuid not null default kernel.new_id(),
    entity text not null,
    record_id uuid not null,
    field text not null,
    from_value text,
    to_value text,
    at timestamptz(3) not null default now(),
    by_kind text not null,
    by_id uuid,
    reason text,
    -- How long the record had stood in `from_value`; null for its first state.
    seconds bigint,
    constraint transitions_pkey primary key (organization_id, id)
);
create index transitions_record_id_idx on kernel.transitions (organization_id, record_id, field, at);

create table kernel.counters (
    organization_id uuid not null,
    series text not null,
    year integer not null default 0,
    value bigint not null,
    constraint counters_pkey primary key (organization_id, series, year)
);

create table kernel.idempotency_keys (
    organization_id uuid not null,
    principal_id uuid not null,
    key text not null,
    route text not null,
    body_digest bytea not null,
    status integer,
    headers jsonb,
    body bytea,
    created_at timestamptz(3) not null default now(),
    constraint idempotency_keys_pkey primary key (organization_id, principal_id, key)
);
create index idempotency_keys_created_at_idx on kernel.idempotency_keys (organization_id, created_at);

select kernel.apply_tenant('kernel', 'outbox', 'select, insert');
select kernel.apply_tenant('kernel', 'outbox_consumed');
select kernel.apply_tenant('kernel', 'transitions', 'select');
select kernel.apply_tenant('kernel', 'counters');
select kernel.apply_tenant('kernel', 'idempotency_keys');
grant select, insert, delete on kernel.outbox to platform_definer;
grant select, insert on kernel.transitions to platform_definer;
grant select, delete on kernel.idempotency_keys to platform_definer;

-- The next number of a series, without gaps: the row stays locked until the transaction ends.
create function kernel.next_number(series text, year integer default 0)
returns bigint
language sql volatile
as $$
    insert into kernel.counters as c (organization_id, series, year, value)
    values (current_setting('app.organization_id')::uuid, $1, $2, 1)
    on conflict (organization_id, series, year) do update
    set value = c.value + 1
    returning value
$$;
grant execute on function kernel.next_number(text, integer) to platform_app;

create table platform.outbox_cursors (
    consumer text not null,
    xid xid8 not null,
    position bigint not null,
    constraint outbox_cursors_pkey primary key (consumer)
);
grant select, insert, update on platform.outbox_cursors to platform_definer;

-- The events after a consumer's cursor, in order, and none that a transaction still under way could come before.
create function platform.read_outbox(consumer text, wanted integer)
returns setof kernel.outbox
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select o.*
    from kernel.outbox as o
    where (o.xid, o.position) > (
            coalesce((select c.xid from platform.outbox_cursors as c where c.consumer = $1), '0'::xid8),
            coalesce((select c.position from platform.outbox_cursors as c where c.consumer = $1), 0))
      and o.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by o.xid, o.position
    limit $2
$$;

-- Moves a cursor forward, never back; false when it stood there or further already.
create function platform.advance_outbox(consumer text, xid xid8, "position" bigint)
returns boolean
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    with moved as (
        insert into platform.outbox_cursors as c (consumer, xid, position)
        values ($1, $2, $3)
        on conflict (consumer) do update
        set xid = excluded.xid, position = excluded.position
        where (c.xid, c.position) < (excluded.xid, excluded.position)
        returning 1
    )
    select exists (select from moved)
$$;

-- Removes up to 10,000 events from before `before` that every consumer has read, and returns how many.
create function platform.prune_outbox(before timestamptz)
returns integer
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    with slowest as (
        select c.xid, c.position
        from platform.outbox_cursors as c
        order by c.xid, c.position
        limit 1
    ),
    old as (
        select o.organization_id, o.id
        from kernel.outbox as o
        where (o.xid, o.position) <= ((select s.xid from slowest as s), (select s.position from slowest as s))
          and o.at < before
        order by o.xid, o.position
        limit 10000
    ),
    removed as (
        delete from kernel.outbox as o
        using old
        where o.organization_id = old.organization_id
          and o.id = old.id
        returning 1
    )
    select count(*)::integer from removed
$$;

create function kernel.prune_idempotency_keys(before timestamptz)
returns integer
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer := 0;
    gone integer;
    organization uuid;
begin
    for organization in select o.id from platform.organizations as o loop
        delete from kernel.idempotency_keys as k
        where k.organization_id = organization
          and k.created_at < before;
        get diagnostics gone = row_count;
        removed := removed + gone;
    end loop;
    return removed;
end
$$;

alter function platform.read_outbox(text, integer) owner to platform_definer;
alter function platform.advance_outbox(text, xid8, bigint) owner to platform_definer;
alter function platform.prune_outbox(timestamptz) owner to platform_definer;
alter function kernel.prune_idempotency_keys(timestamptz) owner to platform_definer;
grant execute on function
    platform.read_outbox(text, integer), platform.advance_outbox(text, xid8, bigint),
    platform.prune_outbox(timestamptz), kernel.prune_idempotency_keys(timestamptz)
to platform_app;
