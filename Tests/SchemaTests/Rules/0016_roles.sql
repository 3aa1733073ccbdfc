-- The roles that serve requests own nothing, bypass nothing and are members of nothing; nobody signs in as the
-- owner or the definer.
select
    r.rolname::text as object,
    'has a right that it must not have' as detail
from pg_roles as r
where (r.rolname in ('platform_app', 'platform_vendor', 'platform_portal')
       and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication))
   or (r.rolname in ('platform_owner', 'platform_definer')
       and (r.rolsuper or r.rolcanlogin or r.rolcreaterole or r.rolcreatedb or r.rolreplication))
union all
select
    m.member::regrole::text,
    format('is a member of %s', m.roleid::regrole)
from pg_auth_members as m
where m.member in ('platform_app'::regrole, 'platform_vendor'::regrole, 'platform_portal'::regrole)
union all
select
    d.refobjid::regrole::text,
    format('owns %s', pg_describe_object(d.classid, d.objid, d.objsubid))
from pg_shdepend as d
where d.deptype = 'o'
  and d.refobjid in ('platform_app'::regrole, 'platform_vendor'::regrole, 'platform_portal'::regrole)
  and d.dbid in (0, (select oid from pg_database where datname = current_database()))
order by 1, 2
