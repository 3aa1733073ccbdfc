-- What members are told. Ids and counts alone: the sentence is made when it is read, in the reader's language and by
-- the reader's rights of then.

create table kernel.notifications (
    organization_id uuid not null,
    id uuid not null,
    -- Whom it tells.
    member_id uuid not null,
    kind text not null,
    arguments jsonb not null default '{}',
    -- What it is about, where it is about a record.
    entity text,
    record_id uuid,
    -- Who did it; empty for what the platform tells of the member's own work.
    actor_id uuid,
    created_at timestamptz(3) not null default now(),
    read_at timestamptz(3),
    constraint notifications_pkey primary key (organization_id, id),
    constraint notifications_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id),
    constraint notifications_member_id_fkey
        foreign key (organization_id, member_id) references kernel.memberships (organization_id, id),
    constraint notifications_actor_id_fkey
        foreign key (organization_id, actor_id) references kernel.memberships (organization_id, id)
);
create index notifications_member_id_idx on kernel.notifications (organization_id, member_id, id);
create index notifications_unread_idx on kernel.notifications (organization_id, member_id, id)
where read_at is null;
create index notifications_created_at_idx on kernel.notifications (organization_id, created_at);

select kernel.apply_tenant('kernel', 'notifications');
