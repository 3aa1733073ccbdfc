-- A name that a binned record keeps for itself.
create unique index teams_territory_key on kernel.teams (organization_id, territory);
