-- as: superuser
-- The role of the customers' portal. It is granted nothing here: what it reads, the portal's own files grant.
do $$
begin
    lock table pg_catalog.pg_authid in share row exclusive mode;
    if not exists (select from pg_roles where rolname = 'platform_portal') then
        create role platform_portal login nobypassrls;
    end if;
    execute format('grant connect on database %I to platform_portal', current_database());
end
$$;
