-- Leads of a period.
create index leads_created_at_idx on sales.leads (organization_id, created_at, id);
