-- No table has a policy beside the tenant's, except those listed here.
--
-- Policies of a command are joined by `or`: one more permissive policy opens the table. Allowed are the select
-- policies of platform_vendor, each by name, and a restrictive one on the account for the portal's role.
with golden (policy) as (
    values ('directory.accounts.portal')
)
select
    format('%I.%I', p.schemaname, p.tablename) as object,
    format('policy "%s" for %s to %s is not on the list', p.policyname, lower(p.cmd), p.roles) as detail
from pg_policies as p
where p.policyname <> 'tenant'
  and format('%s.%s.%s', p.schemaname, p.tablename, p.policyname) not in (select g.policy from golden as g)
order by 1, 2
