-- Every tenant's table says whose each row is: `organization_id uuid not null`.
select
    format('%I.%I', n.nspname, c.relname) as object,
    'organization_id uuid not null is missing' as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and not c.relispartition
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions', 'platform')
  and not exists (
      select
      from pg_attribute as a
      where a.attrelid = c.oid
        and a.attname = 'organization_id'
        and a.atttypid = 'uuid'::regtype
        and a.attnotnull
        and not a.attisdropped)
order by 1
