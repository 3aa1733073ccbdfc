-- A view runs with the rights of whoever asks it (`security_invoker`): else it would see past row security.
select
    format('%I.%I', n.nspname, c.relname) as object,
    'the view is not security_invoker' as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind = 'v'
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions')
  and not coalesce(c.reloptions @> '{security_invoker=true}' or c.reloptions @> '{security_invoker=on}', false)
order by 1
