-- What a change of many records keeps for its undo is removed some time after its end; the change and its counts stay.
alter table kernel.bulk_changes add column log_removed_at timestamptz(3);
create index bulk_changes_log_idx on kernel.bulk_changes (organization_id, id) where log_removed_at is null;
