-- Deleting the team above clears the organization too.
alter table kernel.teams drop constraint teams_parent_id_fkey;
alter table kernel.teams add constraint teams_parent_id_fkey
foreign key (organization_id, parent_id) references kernel.teams (organization_id, id) on delete set null;
