-- Every instant is timestamptz(3): a cursor or a filter equals what was shown, to the millisecond.
select
    format('%I.%I.%I', n.nspname, c.relname, a.attname) as object,
    format_type(a.atttypid, a.atttypmod) as detail
from pg_attribute as a
join pg_class as c on c.oid = a.attrelid
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions')
  and a.attnum > 0
  and not a.attisdropped
  and (
      a.atttypid in ('timestamp'::regtype, 'timetz'::regtype)
      or (a.atttypid = 'timestamptz'::regtype and a.atttypmod <> 3))
order by 1
