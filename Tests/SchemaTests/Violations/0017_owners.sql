-- A table of whoever ran the migration.
create table kernel.wishes (organization_id uuid not null);
