-- Schedules by the clock of a zone: which zones there are, what their clocks showed, and jobs for one zone's organizations.

-- The organization's own setting, else the platform's zone.
create function platform.zone_of(organization uuid)
returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (select s.value #>> '{}'
         from kernel.settings as s
         where s.organization_id = $1
           and s.key = 'time_zone'
           and s.user_id is null),
        'Europe/Rome')
$$;

create function platform.organization_zones()
returns setof text
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select distinct platform.zone_of(o.id)
    from platform.organizations as o
    where o.status = 'active'
$$;

-- As platform.enqueue_everywhere, for the organizations of one zone.
create function platform.enqueue_in_zone(
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
          and platform.zone_of(o.id) = $1
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

grant select on kernel.settings to platform_definer;
alter function platform.zone_of(uuid) owner to platform_definer;
alter function platform.organization_zones() owner to platform_definer;
alter function platform.enqueue_in_zone(text, text, text, integer, jsonb, text, integer) owner to platform_definer;
grant execute on function
    platform.organization_zones(), platform.enqueue_in_zone(text, text, text, integer, jsonb, text, integer)
to platform_app;
