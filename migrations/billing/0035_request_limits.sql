-- How many requests a minute the organization's plan allows: takes the place of the kernel's answer, none of its own.
create or replace function platform.request_limits(organization uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select p.limits
    from platform.organizations as o
    join platform.plans as p on p.code = o.plan_code
    where o.id = $1
$$;
