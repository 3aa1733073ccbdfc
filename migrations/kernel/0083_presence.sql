-- Who looks at a record right now. What is lost in a crash has ended by then: so it is not logged.

create unlogged table kernel.presences (
    organization_id uuid not null,
    record_id uuid not null,
    member_id uuid not null,
    entity text not null,
    since timestamptz(3) not null,
    -- Said last; it holds for 45 seconds.
    seen_at timestamptz(3) not null,
    constraint presences_pkey primary key (organization_id, record_id, member_id),
    constraint presences_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id),
    constraint presences_member_id_fkey
        foreign key (organization_id, member_id) references kernel.memberships (organization_id, id)
);
create index presences_member_id_idx on kernel.presences (organization_id, member_id);

select kernel.apply_tenant('kernel', 'presences');
