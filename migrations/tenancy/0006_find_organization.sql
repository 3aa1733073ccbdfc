-- An organization by its slug, for the operator's commands.
create function platform.find_organization(slug text)
returns uuid
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select o.id from platform.organizations as o where o.slug = $1
$$;
alter function platform.find_organization(text) owner to platform_definer;
revoke execute on function platform.find_organization(text) from public;
grant execute on function platform.find_organization(text) to platform_app;
