-- An import's file is removed some time after its end; the import, its counts and its undo stay.
alter table kernel.imports add column file_removed_at timestamptz(3);
create index imports_file_idx on kernel.imports (organization_id, id) where file_removed_at is null;
