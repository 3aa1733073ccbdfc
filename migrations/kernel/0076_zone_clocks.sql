-- Schedules by the clock of a zone: all zones' clocks in one statement, and the organizations' zones in one join.

-- Of organizations that have chosen none; the same as Preferences.timeZone of the program.
create function platform.standard_zone()
returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select 'Europe/Rome'
$$;

create or replace function platform.zone_of(organization uuid)
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
        platform.standard_zone())
$$;

create or replace function platform.organization_zones()
returns setof text
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select distinct coalesce(s.value #>> '{}', platform.standard_zone())
    from platform.organizations as o
    left join kernel.settings as s on s.organization_id = o.id
                                  and s.key = 'time_zone'
                                  and s.user_id is null
    where o.status = 'active'
$$;

-- How many minutes each zone's clocks are ahead of UTC between two moments: a row for the first minute, and one for
-- each that differs from the one before. A zone that is not known has none.
create function platform.zone_shifts(zones text[], from_at timestamptz, to_at timestamptz)
returns table (zone text, minute bigint, shift bigint)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    name text;
begin
    foreach name in array zones loop
        begin
            return query
            select name, s.minute, s.shift
            from (
                select x.minute, x.shift, lag(x.shift) over (order by x.minute) as before
                from (
                    select (extract(epoch from date_trunc('minute', m.at)) / 60)::bigint as minute,
                        (extract(epoch from (m.at at time zone name) - (m.at at time zone 'UTC')) / 60)::bigint
                        as shift
                    from generate_series(from_at, to_at, interval '1 minute') as m (at)) as x) as s
            where s.before is distinct from s.shift
            order by s.minute;
        exception
            when invalid_parameter_value then null;
        end;
    end loop;
end
$$;

alter function platform.standard_zone() owner to platform_definer;
alter function platform.zone_shifts(text[], timestamptz, timestamptz) owner to platform_definer;
revoke execute on function platform.standard_zone(), platform.zone_shifts(text[], timestamptz, timestamptz) from public;
grant execute on function platform.zone_shifts(text[], timestamptz, timestamptz) to platform_app;
