-- Rights beyond the four, and rights for everybody.
grant truncate on kernel.teams to platform_app;
grant select on kernel.roles to public;
grant insert on kernel.teams to platform_vendor;
grant create on schema kernel to platform_app;
