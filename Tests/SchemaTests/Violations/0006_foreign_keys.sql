-- A reference by id alone, which another tenant's row satisfies.
create unique index roles_id_key on kernel.roles (id);
alter table kernel.teams add column role_id uuid;
alter table kernel.teams add constraint teams_role_id_fkey foreign key (role_id) references kernel.roles (id);
