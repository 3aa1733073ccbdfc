-- A role's rights as one value beside the role: its version and its audit then tell of them too, whoever changes them.
alter table kernel.roles add column rights jsonb not null default '{}';
grant update on kernel.roles to platform_definer;

create function platform.keep_role_rights()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update kernel.roles as r
    set rights = n.rights
    from (
        select
            c.organization_id, c.role_id,
            coalesce((
                select jsonb_object_agg(g.permission, g.scope)
                from kernel.role_grants as g
                where g.organization_id = c.organization_id
                  and g.role_id = c.role_id), '{}')
            || coalesce((
                select jsonb_object_agg(f.entity || '.' || f.field, f.access)
                from kernel.role_fields as f
                where f.organization_id = c.organization_id
                  and f.role_id = c.role_id), '{}') as rights
        from (select distinct w.organization_id, w.role_id from changed_rows as w) as c
    ) as n
    where r.organization_id = n.organization_id
      and r.id = n.role_id
      and r.rights is distinct from n.rights;
    return null;
end
$$;
alter function platform.keep_role_rights() owner to platform_definer;

do $$
declare
    table_name text;
begin
    foreach table_name in array array['role_grants', 'role_fields'] loop
        execute format(
            'create trigger keep_rights_insert after insert on kernel.%I referencing new table as changed_rows'
            ' for each statement execute function platform.keep_role_rights()', table_name);
        execute format(
            'create trigger keep_rights_update after update on kernel.%I referencing new table as changed_rows'
            ' for each statement execute function platform.keep_role_rights()', table_name);
        execute format(
            'create trigger keep_rights_delete after delete on kernel.%I referencing old table as changed_rows'
            ' for each statement execute function platform.keep_role_rights()', table_name);
    end loop;
end
$$;
