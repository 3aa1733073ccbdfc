-- Changes of partitions want the audit's tables for themselves, and everybody who writes stands in line behind: they
-- give way after two seconds.
alter function kernel.ensure_audit_partitions(date, integer) set lock_timeout = '2s';

-- Drops the oldest month of the audits that ended before `before`, and a year ago at least whatever is asked for, once
-- every organization's chain covers it: its links stay. One in each call, so that a transaction holds one. Returns the
-- name of what was dropped; no row when there is nothing (any more).
create or replace function platform.drop_audit_months(before date)
returns setof text
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
as $$
declare
    place record;
    month_end timestamptz;
    kept_from timestamptz := least(
        before::timestamp, date_trunc('day', now() at time zone 'UTC') - interval '1 year') at time zone 'UTC';
begin
    for place in
        select c.oid, c.relname, p.relname as parent
        from pg_class as c
        join pg_inherits as i on i.inhrelid = c.oid
        join pg_class as p on p.oid = i.inhparent
        where c.relnamespace = 'kernel'::regnamespace
          and c.relkind = 'r'
          and (p.relname = 'security_audit' or p.oid in (
              select h.inhrelid from pg_inherits as h where h.inhparent = 'kernel.audit'::regclass))
          and c.relname ~ '_[0-9]{4}_[0-9]{2}$'
        order by c.relname
    loop
        month_end := (to_date(right(place.relname, 7), 'YYYY_MM') + interval '1 month')::timestamp at time zone 'UTC';
        continue when month_end > kept_from;
        if place.parent <> 'security_audit' then
            -- Each organization is asked for its first row behind its chain, by key.
            continue when exists (
                select
                from platform.organizations as o
                left join lateral (
                    select k.to_at
                    from kernel.audit_links as k
                    where k.organization_id = o.id
                    order by k.sequence desc
                    limit 1) as l on true
                where exists (
                    select
                    from kernel.audit as a
                    where a.organization_id = o.id
                      and a.at > coalesce(l.to_at, '-infinity'::timestamptz)
                      and a.at < month_end));
            insert into platform.audit_drops (partition, until) values (place.relname, month_end)
            on conflict do nothing;
        end if;
        execute format('drop table kernel.%I', place.relname);
        return next place.relname;
        return;
    end loop;
end
$$;
