-- Roles that serve requests select, insert, update and delete; nobody is granted anything through PUBLIC.
--
-- TRUNCATE ignores row security; REFERENCES and TRIGGER are for owners.
select
    format('%I.%I', n.nspname, c.relname) as object,
    format(
        '%s is granted to %s', lower(a.privilege_type),
        case a.grantee when 0 then 'public' else a.grantee::regrole::text end) as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
cross join lateral aclexplode(c.relacl) as a
where n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions')
  and (
      a.grantee = 0
      or (a.grantee in ('platform_app'::regrole, 'platform_vendor'::regrole, 'platform_portal'::regrole)
          and a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'USAGE'))
      or (a.grantee = 'platform_vendor'::regrole and a.privilege_type <> 'SELECT'))
union all
select
    format('schema %I', n.nspname),
    format(
        '%s is granted to %s', lower(a.privilege_type),
        case a.grantee when 0 then 'public' else a.grantee::regrole::text end)
from pg_namespace as n
cross join lateral aclexplode(n.nspacl) as a
where n.nspname !~ '^pg_'
  and n.nspname <> 'information_schema'
  and (
      a.grantee = 0
      or (a.grantee in ('platform_app'::regrole, 'platform_vendor'::regrole, 'platform_portal'::regrole) and a.privilege_type <> 'USAGE')
      or (a.grantee in ('platform_app'::regrole, 'platform_vendor'::regrole, 'platform_portal'::regrole) and n.nspname = 'standard'))
order by 1, 2
