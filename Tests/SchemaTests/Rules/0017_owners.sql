-- Tables, sequences, views and schemas belong to platform_owner: it alone migrates and backs up past row security.
select
    format('%I.%I', n.nspname, c.relname) as object,
    format('belongs to %s', c.relowner::regrole) as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'S')
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions')
  and c.relowner <> 'platform_owner'::regrole
union all
select
    format('schema %I', n.nspname),
    format('belongs to %s', n.nspowner::regrole)
from pg_namespace as n
where n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions', 'public')
  and n.nspowner <> 'platform_owner'::regrole
order by 1
