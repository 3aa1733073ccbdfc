-- Indexes that row security never lets a filter use.
alter table kernel.teams add column budget numeric;
create index teams_budget_idx on kernel.teams (organization_id, budget);
create index teams_name_lower_idx on kernel.teams (organization_id, lower(name));
create index teams_tags_idx on kernel.teams (organization_id, tags);
