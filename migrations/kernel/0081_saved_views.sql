-- How somebody looks at an entity's records: a list or a board with its filter, its order and its columns.

create table kernel.saved_views (
    organization_id uuid not null,
    id uuid not null,
    name text not null,
    name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
    entity text not null,
    form text not null,
    query text,
    columns jsonb,
    sharing text not null default 'private',
    position bigint not null default 0,
    owner_id uuid not null,
    -- Who may read it beside its owner: nobody while it is the owner, everybody while it is empty.
    audience_id uuid generated always as (case when sharing = 'private' then owner_id end) stored,
    constraint saved_views_pkey primary key (organization_id, id),
    constraint saved_views_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id),
    constraint saved_views_owner_id_fkey
        foreign key (organization_id, owner_id) references kernel.memberships (organization_id, id),
    constraint saved_views_sharing_check check (sharing in ('private', 'shared')),
    constraint saved_views_columns_check check (octet_length(columns::text) <= 65536)
);
create index saved_views_owner_id_idx on kernel.saved_views (organization_id, owner_id, entity);
create index saved_views_entity_idx on kernel.saved_views (organization_id, entity, position, id);

select standard.add_columns('kernel.saved_views');
select kernel.apply_tenant('kernel', 'saved_views');
