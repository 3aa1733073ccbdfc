-- A `<name>_key` column of text compares by bytes (`collate "C"`): equality, unique and prefix are then one index.
select
    format('%I.%I.%I', n.nspname, c.relname, a.attname) as object,
    'is not collate "C"' as detail
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and not c.relispartition
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions')
  and a.atttypid = 'text'::regtype
  and a.attname ~ '_key$'
  and not a.attisdropped
  and a.attcollation <> 'pg_catalog."C"'::regcollation
  and format('%s.%s.%s', n.nspname, c.relname, a.attname) <> 'platform.jobs.unique_key'
order by 1
