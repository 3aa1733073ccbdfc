-- No materialized view and no foreign table: row security does not exist for them.
select
    format('%I.%I', n.nspname, c.relname) as object,
    case c.relkind when 'm' then 'a materialized view' else 'a foreign table' end as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('m', 'f')
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions')
order by 1
