-- What an import found wrong, line by line, written with the chunk that it belongs to: the error file is made of it.

create table kernel.import_errors (
    organization_id uuid not null,
    import_id uuid not null,
    -- The first physical line of the row in the file.
    line bigint not null,
    -- Several things can be wrong with one row.
    place integer not null,
    -- Where the row stands in the file, in bytes.
    start_offset bigint not null,
    length bigint not null,
    column_name text,
    value text,
    code text not null,
    parameters jsonb not null default '{}',
    constraint import_errors_pkey primary key (organization_id, import_id, line, place),
    constraint import_errors_import_id_fkey
        foreign key (organization_id, import_id) references kernel.imports (organization_id, id) on delete cascade
);
select kernel.apply_tenant('kernel', 'import_errors');

-- The second pass sets references into the same file. `kept` tells what an undo had to leave.
-- `import_rows.before` holds `{"field": [before, after]}`; lines below zero are records made for unmatched references.
alter table kernel.imports
    add column pass integer not null default 1,
    add column kept jsonb not null default '[]';
