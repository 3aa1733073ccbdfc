-- A role that serves requests gains what it must not have, and owns a table.
alter role platform_app bypassrls;
grant platform_definer to platform_vendor;
create table kernel.wishes (organization_id uuid not null);
alter table kernel.wishes owner to platform_app;
