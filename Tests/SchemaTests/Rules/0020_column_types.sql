-- No column of a tenant's table has a type that filters badly or loses exactness.
--
-- Money and decimals are bigint in their smallest unit, states are text with a check; floating point is only for
-- coordinates, which are listed.
with golden (name) as (
    select unnest(array[]::text[])
)
select
    format('%I.%I.%I', n.nspname, c.relname, a.attname) as object,
    format('a column of type %s', format_type(a.atttypid, a.atttypmod)) as detail
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid
join pg_namespace as n on n.oid = c.relnamespace
join pg_type as t on t.oid = a.atttypid
where c.relkind in ('r', 'p')
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions', 'platform')
  and a.attnum > 0
  and not a.attisdropped
  and (
      t.typtype = 'e'
      or t.oid in (
          'numeric'::regtype, 'money'::regtype, 'real'::regtype, 'double precision'::regtype, 'json'::regtype,
          'char'::regtype, 'varchar'::regtype, 'bpchar'::regtype))
  and format('%s.%s.%s', n.nspname, c.relname, a.attname) not in (select g.name from golden as g)
order by 1
