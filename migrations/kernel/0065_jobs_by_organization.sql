-- The jobs of one organization in the order of their ids, without looking at those of others.
create index jobs_organization_id_idx on platform.jobs (organization_id, id);

-- Of the transaction's organization, the newest first; null means any. One plan serves all: a bound that is absent is
-- the least or the greatest id.
create or replace function platform.list_jobs(id uuid, state text, kind text, before uuid, wanted integer)
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
      and j.id >= coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
      and j.id <= coalesce($1, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and j.id < coalesce($4, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
      and ($2 is null or j.state = $2)
      and ($3 is null or j.kind = $3)
    order by j.id desc
    limit $5
$$;

-- Cancels a job of the transaction's organization, or of any when none is set, that has not ended; gives what it was,
-- so that its work can tell. A running job loses its worker's claim at once.
create or replace function platform.stop_job(id uuid)
returns table (kind text, payload jsonb)
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    update platform.jobs as j
    set state = 'cancelled', finished_at = now(), worker = null, leased_until = null
    where j.id = $1
      and j.state in ('available', 'scheduled', 'running')
      and j.organization_id is not distinct from coalesce(
          nullif(current_setting('app.organization_id', true), '')::uuid, j.organization_id)
    returning j.kind, j.payload
$$;

-- The same for whoever does not ask what it was; whether there was one.
create or replace function platform.cancel_job(id uuid)
returns boolean
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*) > 0 from platform.stop_job($1)
$$;

-- One job for each active organization (those where the plugin is on, unless null; those of one zone, unless null),
-- none where one still waits or runs; returns how many.
create or replace function platform.enqueue_in_zone(
    zone text, plugin text, kind text, version integer, payload jsonb, unique_key text, max_attempts integer)
returns integer
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    with enqueued as (
        insert into platform.jobs as j (organization_id, kind, version, payload, unique_key, max_attempts)
        select o.id, $3, $4, coalesce($5, '{}'), $6, $7
        from platform.organizations as o
        where o.status = 'active'
          and ($1 is null or platform.zone_of(o.id) = $1)
          and ($2 is null or exists (
              select
              from kernel.installed_plugins as p
              where p.organization_id = o.id
                and p.plugin = $2
                and p.is_on))
        on conflict (lane, kind, unique_key)
            where unique_key is not null and state in ('available', 'scheduled', 'running')
            do nothing
        returning 1
    )
    select count(*)::integer from enqueued
$$;

-- The same for every zone.
create or replace function platform.enqueue_everywhere(
    plugin text, kind text, version integer, payload jsonb, unique_key text, max_attempts integer)
returns integer
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    select platform.enqueue_in_zone(null, $1, $2, $3, $4, $5, $6)
$$;
