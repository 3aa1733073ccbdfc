-- Names that people tell roles and teams apart by, and one open invitation for an address.
create unique index roles_name_key on kernel.roles (organization_id, name_key)
where deleted_at is null;
create unique index teams_name_key on kernel.teams (organization_id, name_key)
where deleted_at is null;
create unique index invitations_email_key on kernel.invitations (organization_id, email_key)
where accepted_at is null and revoked_at is null and deleted_at is null;
