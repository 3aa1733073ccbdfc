-- Names that PostgreSQL or somebody chose.
alter table kernel.teams add check (territory <> '');
create unique index one_territory on kernel.teams (organization_id, territory) where deleted_at is null;
