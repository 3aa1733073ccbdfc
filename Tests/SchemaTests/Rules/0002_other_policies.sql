-- No table has a policy beside the tenant's, except those listed here, and these are there as they are listed.
--
-- Policies of a command are joined by `or`: one more permissive policy opens the table. Allowed are the select
-- policies of platform_vendor, each by name, and a restrictive one on the account for the portal's role.
with golden (name, policy, detail) as (
    values (
        'directory.accounts', 'portal',
        'RESTRICTIVE ALL {platform_portal}'
        ' using (id = (current_setting(''app.account_id''::text))::uuid)'
        ' check (id = (current_setting(''app.account_id''::text))::uuid)')
),
present as (
    select
        format('%I.%I', p.schemaname, p.tablename) as name,
        p.policyname::text as policy,
        format('%s %s %s using %s check %s', p.permissive, p.cmd, p.roles, p.qual, p.with_check) as detail
    from pg_policies as p
    where p.policyname <> 'tenant'
)
select
    coalesce(p.name, g.name) as object,
    case
        when g.name is null then format('policy "%s" is not on the list: %s', p.policy, p.detail)
        when p.name is null then format('policy "%s" is missing', g.policy)
        else format('policy "%s" says something else: %s', p.policy, p.detail)
    end as detail
from present as p
full join golden as g on g.name = p.name and g.policy = p.policy
where p.detail is distinct from g.detail
order by 1, 2
