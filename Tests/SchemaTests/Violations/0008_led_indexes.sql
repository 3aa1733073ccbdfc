-- An index for all tenants at once.
create index teams_territory_idx on kernel.teams (territory);
