-- Nobody but its owner is granted a partition: reached directly, it knows no policy and shows every tenant.
select
    format('%I.%I', n.nspname, c.relname) as object,
    format('a partition granted to %s', case a.grantee when 0 then 'public' else a.grantee::regrole::text end) as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
cross join lateral aclexplode(c.relacl) as a
where c.relispartition
  and c.relkind in ('r', 'p')
  and a.grantee <> c.relowner
group by n.nspname, c.relname, a.grantee
order by 1, 2
