-- Audit switched off on one table, another entity's name on a second, and a table without any.
alter table kernel.roles disable trigger standard_update;
create or replace trigger standard_insert
after insert on kernel.teams
referencing new table as new_rows
for each statement
execute function standard.kernel_teams_insert('kernel.role');
create table kernel.wishes (organization_id uuid not null, id uuid not null);
