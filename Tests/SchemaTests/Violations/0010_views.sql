-- A view that sees what its owner sees.
create view kernel.team_names as
select t.organization_id, t.name
from kernel.teams as t;
