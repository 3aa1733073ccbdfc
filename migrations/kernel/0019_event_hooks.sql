-- Hooks after the commit that failed and now wait in the queue, schedules per organization, and what may be forgotten.

-- An event whose hook runs as the job `kernel.after`. While that job lives, later events of the record wait too.
create table kernel.outbox_deferred (
    organization_id uuid not null,
    consumer text not null,
    event_id uuid not null,
    record_id uuid not null,
    xid xid8 not null,
    position bigint not null,
    job_id uuid not null,
    at timestamptz(3) not null default now(),
    constraint outbox_deferred_pkey primary key (organization_id, consumer, event_id)
);
create index outbox_deferred_record_id_idx
on kernel.outbox_deferred (organization_id, consumer, record_id, xid, position);
select kernel.apply_tenant('kernel', 'outbox_deferred', 'select, insert, delete');
create index outbox_consumed_at_idx on kernel.outbox_consumed (organization_id, at);
grant select, delete on kernel.outbox_consumed, kernel.outbox_deferred to platform_definer;

-- Whether an event of this record, before (xid, position), still waits in the queue for this consumer. One given up
-- (discarded or cancelled) stands in nobody's way.
create function kernel.is_outbox_record_deferred(consumer text, record uuid, xid xid8, "position" bigint)
returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from kernel.outbox_deferred as d
        cross join lateral platform.read_job(d.job_id) as j
        where d.organization_id = current_setting('app.organization_id')::uuid
          and d.consumer = $1
          and d.record_id = $2
          and (d.xid, d.position) < ($3, $4)
          and j.state in ('available', 'scheduled', 'running'))
$$;
grant execute on function kernel.is_outbox_record_deferred(text, uuid, xid8, bigint) to platform_app;

-- One job for each active organization (those where the plugin is on, unless null), none where one still waits or
-- runs; returns how many.
create function platform.enqueue_everywhere(
    plugin text, kind text, version integer, payload jsonb, unique_key text, max_attempts integer)
returns integer
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    with enqueued as (
        insert into platform.jobs as j (organization_id, kind, version, payload, unique_key, max_attempts)
        select o.id, $2, $3, coalesce($4, '{}'), $5, $6
        from platform.organizations as o
        where o.status = 'active'
          and ($1 is null or exists (
              select
              from kernel.installed_plugins as p
              where p.organization_id = o.id
                and p.plugin = $1
                and p.is_on))
        on conflict (lane, kind, unique_key)
            where unique_key is not null and state in ('available', 'scheduled', 'running')
            do nothing
        returning 1
    )
    select count(*)::integer from enqueued
$$;

-- What tells that a hook or a schedule has run, from before `before`. None of it is asked for when the outbox itself
-- no longer holds the event.
create function platform.prune_runs(before timestamptz)
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer := 0;
    gone integer;
    organization uuid;
begin
    for organization in select o.id from platform.organizations as o loop
        delete from kernel.outbox_consumed as c
        where c.organization_id = organization
          and c.at < before;
        get diagnostics gone = row_count;
        removed := removed + gone;
        delete from kernel.outbox_deferred as d
        where d.organization_id = organization
          and d.at < before;
        get diagnostics gone = row_count;
        removed := removed + gone;
    end loop;
    delete from platform.scheduled_runs as s
    where s.due < before;
    get diagnostics gone = row_count;
    return removed + gone;
end
$$;

grant select on kernel.installed_plugins to platform_definer;
alter function platform.enqueue_everywhere(text, text, integer, jsonb, text, integer) owner to platform_definer;
alter function platform.prune_runs(timestamptz) owner to platform_definer;
grant execute on function
    platform.enqueue_everywhere(text, text, integer, jsonb, text, integer), platform.prune_runs(timestamptz)
to platform_app;
