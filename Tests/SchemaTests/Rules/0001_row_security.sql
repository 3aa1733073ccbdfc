-- Every table outside the schemas of the installation has row security, enabled and forced, with the one policy.
--
-- The policy is bare: no sub-select, so that the planner sees the tenant's size, and no fallback, so that an unset
-- tenant raises instead of finding nothing. Without `force`, the owner of the table would see every tenant.
-- Partitions are left out: nobody is granted one (rule 0012).
select
    format('%I.%I', n.nspname, c.relname) as object,
    case
        when not c.relrowsecurity then 'row security is not enabled'
        when not c.relforcerowsecurity then 'row security is not forced'
        else 'the policy "tenant" is missing or says something else'
    end as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p')
  and not c.relispartition
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions', 'platform')
  and not (
      c.relrowsecurity
      and c.relforcerowsecurity
      and exists (
          select
          from pg_policies as p
          where p.schemaname = n.nspname
            and p.tablename = c.relname
            and p.policyname = 'tenant'
            and p.permissive = 'PERMISSIVE'
            and p.roles = '{public}'
            and p.cmd = 'ALL'
            and p.qual = '(organization_id = (current_setting(''app.organization_id''::text))::uuid)'
            and p.with_check = p.qual))
order by 1
