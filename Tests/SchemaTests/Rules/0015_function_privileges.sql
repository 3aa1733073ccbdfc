-- No function of ours may be executed by PUBLIC: each is granted to the roles that need it, by name.
select
    p.oid::regprocedure::text as object,
    'may be executed by public' as detail
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace
cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
where n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions')
  and a.grantee = 0
order by 1
