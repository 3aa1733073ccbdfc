-- How far a deal ever came, so that a funnel counts it at each stage on its way.

alter table sales.opportunities
add column reached_stage_id uuid,
add constraint opportunities_reached_stage_id_fkey
    foreign key (organization_id, reached_stage_id) references sales.stages (organization_id, id);

-- What the log and the present stage tell of the deals that are there. It is no change of theirs: no version, no audit.
alter table sales.opportunities disable trigger user;

update sales.opportunities as o
set reached_stage_id = f.stage_id
from (
    select distinct on (p.organization_id, p.id) p.organization_id, p.id, s.id as stage_id
    from (
        select d.organization_id, d.id, d.pipeline_id, d.stage_id
        from sales.opportunities as d
        union all
        select d.organization_id, d.id, d.pipeline_id, c.to_value::uuid
        from kernel.transitions as c
        join sales.opportunities as d on d.organization_id = c.organization_id and d.id = c.record_id
        where c.entity = 'sales.opportunity'
          and c.field = 'stage_id'
    ) as p
    join sales.stages as s
        on s.organization_id = p.organization_id
        and s.pipeline_id = p.pipeline_id
        and s.id = p.stage_id
    where s.kind <> 'lost'
    order by p.organization_id, p.id, (s.kind = 'won') desc, s.position desc, s.id
) as f
where f.organization_id = o.organization_id
  and f.id = o.id;

alter table sales.opportunities enable trigger user;

create index opportunities_reached_stage_id_idx on sales.opportunities (organization_id, reached_stage_id, id);
