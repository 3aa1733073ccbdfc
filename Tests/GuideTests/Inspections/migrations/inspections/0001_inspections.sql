create schema inspections;
grant usage on schema inspections to platform_app, platform_definer;

create table inspections.inspections (
    organization_id uuid not null,
    id uuid not null,
    site text not null,
    site_key text collate "C" generated always as (kernel.fold(site)) stored,
    status text not null default 'planned'
        constraint inspections_status_check check (status in ('planned', 'done', 'cancelled')),
    planned_on date,
    completed_at timestamptz(3),
    finding text,
    fee bigint,
    fee_currency text not null default 'EUR',
    owner_id uuid,
    primary key (organization_id, id),
    constraint inspections_owner_id_fkey foreign key (organization_id, owner_id)
        references kernel.memberships (organization_id, id)
);
create index inspections_status_index on inspections.inspections (organization_id, status, id);
create index inspections_planned_on_index on inspections.inspections (organization_id, planned_on, id);
create index inspections_owner_id_index on inspections.inspections (organization_id, owner_id, id);
