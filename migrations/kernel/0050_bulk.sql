-- One change of many records at once: which ones, how far it is, and what it did, so that it can be undone.

create table kernel.bulk_changes (
    organization_id uuid not null,
    -- The job's id.
    id uuid not null,
    entity text not null,
    action text not null,
    -- What is set, as it was sent.
    assigned jsonb not null default '{}',
    status text not null default 'queued',
    done bigint not null default 0,
    total bigint not null default 0,
    counts jsonb not null default '{}',
    -- What an undo had to leave, at most a thousand.
    kept jsonb not null default '[]',
    next_portion integer not null default 0,
    failure text,
    started_at timestamptz(3),
    finished_at timestamptz(3),
    constraint bulk_changes_pkey primary key (organization_id, id),
    constraint bulk_changes_action_check check (action in ('update', 'delete')),
    constraint bulk_changes_status_check check (
        status in ('queued', 'running', 'done', 'failed', 'undoing', 'undone'))
);

-- The records as they were found when it was asked for, a thousand a row: a change may move them out of its own filter.
create table kernel.bulk_portions (
    organization_id uuid not null,
    bulk_change_id uuid not null,
    portion integer not null,
    records uuid[] not null,
    constraint bulk_portions_pkey primary key (organization_id, bulk_change_id, portion),
    constraint bulk_portions_bulk_change_id_fkey foreign key (organization_id, bulk_change_id)
        references kernel.bulk_changes (organization_id, id) on delete cascade
);

-- What was done to each record; the line is lost when it is undone.
create table kernel.bulk_rows (
    organization_id uuid not null,
    bulk_change_id uuid not null,
    line bigint not null,
    record_id uuid not null,
    -- `{"field": [before, after]}`; empty for what went to the bin.
    before jsonb not null,
    version_after integer not null,
    constraint bulk_rows_pkey primary key (organization_id, bulk_change_id, line),
    constraint bulk_rows_bulk_change_id_fkey foreign key (organization_id, bulk_change_id)
        references kernel.bulk_changes (organization_id, id) on delete cascade
);

-- Why a record was left as it was.
create table kernel.bulk_faults (
    organization_id uuid not null,
    bulk_change_id uuid not null,
    line bigint not null,
    -- Several things can be wrong with one record.
    place integer not null,
    record_id uuid not null,
    field text not null,
    code text not null,
    parameters jsonb not null default '{}',
    constraint bulk_faults_pkey primary key (organization_id, bulk_change_id, line, place),
    constraint bulk_faults_bulk_change_id_fkey foreign key (organization_id, bulk_change_id)
        references kernel.bulk_changes (organization_id, id) on delete cascade
);

select standard.add_columns('kernel.bulk_changes');
select kernel.apply_tenant('kernel', 'bulk_changes');
select kernel.apply_tenant('kernel', 'bulk_portions');
select kernel.apply_tenant('kernel', 'bulk_rows');
select kernel.apply_tenant('kernel', 'bulk_faults');
