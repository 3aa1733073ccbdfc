-- Files brought in: what was understood of them, how far they are, and what each line did, so that it can be undone.

create table kernel.imports (
    organization_id uuid not null,
    id uuid not null,
    entity text not null,
    file_name text not null,
    file_path text not null,
    file_size bigint not null,
    file_digest bytea,
    status text not null default 'analysed',
    encoding text,
    separator text,
    format jsonb not null default '{}',
    columns jsonb not null default '[]',
    mapping jsonb,
    done bigint not null default 0,
    total bigint,
    counts jsonb not null default '{}',
    unmatched jsonb not null default '[]',
    -- The first hundred; all of them stand in the file at `error_path`.
    errors jsonb not null default '[]',
    error_path text,
    next_line bigint not null default 0,
    next_offset bigint not null default 0,
    started_at timestamptz(3),
    finished_at timestamptz(3),
    failure text,
    job_id uuid,
    constraint imports_pkey primary key (organization_id, id),
    constraint imports_status_check check (
        status in ('analysed', 'checking', 'checked', 'running', 'done', 'failed', 'undoing', 'undone'))
);

create table kernel.import_rows (
    organization_id uuid not null,
    import_id uuid not null,
    line bigint not null,
    record_id uuid not null,
    entity text not null,
    action text not null,
    -- The old values of the fields that this line changed.
    before jsonb,
    version_after integer not null,
    constraint import_rows_pkey primary key (organization_id, import_id, line),
    constraint import_rows_import_id_fkey
        foreign key (organization_id, import_id) references kernel.imports (organization_id, id) on delete cascade,
    constraint import_rows_action_check check (action in ('created', 'updated'))
);

-- What a value in a file stood for, remembered for the next file.
create table kernel.import_aliases (
    organization_id uuid not null,
    id uuid not null default kernel.new_id(),
    entity text not null,
    field text not null,
    alias_key text collate "C" not null,
    value text not null,
    constraint import_aliases_pkey primary key (organization_id, id),
    constraint import_aliases_alias_key_key unique (organization_id, entity, field, alias_key)
);

select standard.add_columns('kernel.imports');
select kernel.apply_tenant('kernel', 'imports');
select kernel.apply_tenant('kernel', 'import_rows');
select kernel.apply_tenant('kernel', 'import_aliases');
