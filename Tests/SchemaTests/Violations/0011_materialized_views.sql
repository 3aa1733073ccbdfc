-- A copy without row security.
create materialized view kernel.team_counts as
select t.organization_id, count(*) as teams
from kernel.teams as t
group by t.organization_id;
