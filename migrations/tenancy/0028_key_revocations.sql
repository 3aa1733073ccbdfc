-- The security audit tells of each key that is revoked, by whatever way, in the transaction of the revocation.
create function kernel.tell_key_revocation()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into kernel.security_audit (
        organization_id, event, actor_kind, actor_id, subject_id, address, request_id, detail)
    values (
        new.organization_id, 'keys.revoked', coalesce(nullif(current_setting('app.actor_kind', true), ''), 'system'),
        nullif(current_setting('app.actor_id', true), '')::uuid, new.id,
        nullif(current_setting('app.address', true), '')::inet, nullif(current_setting('app.request_id', true), ''),
        jsonb_build_object('name', new.name));
    return null;
end
$$;
create trigger tell_revocation
after update of deleted_at on kernel.api_keys
for each row
when (old.deleted_at is null and new.deleted_at is not null)
execute function kernel.tell_key_revocation();
