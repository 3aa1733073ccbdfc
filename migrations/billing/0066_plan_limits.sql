-- The limits of the organizations' plans: takes the place of the kernel's answer, none of its own.
create or replace function platform.plan_limits(organizations uuid[])
returns table (organization_id uuid, limits jsonb)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select o.id, p.limits
    from platform.organizations as o
    join platform.plans as p on p.code = o.plan_code
    where o.id = any ($1)
$$;
