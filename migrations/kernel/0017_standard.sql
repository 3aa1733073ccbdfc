-- The standard part of an entity's table, applied from its definition by the migrator after the files: idempotent.

-- What was applied, so that a start on a migrated database changes nothing.
create table platform.standard_tables (
    schema_name text not null,
    table_name text not null,
    entity text not null,
    digest text not null,
    applied_at timestamptz(3) not null default now(),
    constraint standard_tables_pkey primary key (schema_name, table_name)
);

-- True when anything had to be done. `definition`: {"schema", "table", "entity", "label" (SQL over the alias r of this
-- table alone, or null: no kernel.records), "owner", "search", "redacted" (columns whose values are secret), "untold"
-- (columns not told),
-- "statusFields", "events", "isStandard"}.
create function kernel.apply_standard(definition jsonb)
returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    schema_name text := definition ->> 'schema';
    table_name text := definition ->> 'table';
    target regclass := format('%I.%I', schema_name, table_name)::regclass;
    is_standard boolean := coalesce((definition ->> 'isStandard')::boolean, true);
    plan standard.plan;
    statement text;
    wanted_digest text;
begin
    if is_standard then
        perform standard.add_columns(target);
    end if;
    plan := standard.plan_of(definition);
    wanted_digest := encode(sha256(convert_to(concat(
        definition::text,
        (select array_agg(c.name || ' ' || c.type) from standard.told_columns(target, plan.untold) as c),
        -- A new generator makes new functions.
        (
            select string_agg(p.prosrc, '' order by p.proname)
            from pg_proc as p
            where p.pronamespace = 'standard'::regnamespace
              and p.prorettype <> 'trigger'::regtype)), 'UTF8')), 'hex');
    if exists (
        select
        from platform.standard_tables as s
        where s.schema_name = definition ->> 'schema'
          and s.table_name = definition ->> 'table'
          and s.digest = wanted_digest
    ) then
        return false;
    end if;

    perform kernel.apply_tenant(schema_name, table_name);
    if is_standard then
        execute standard.touch_trigger(plan, schema_name, table_name);
        execute format(
            'create or replace trigger standard_touch before update on %s for each row execute function %s()',
            target, standard.function_name(schema_name, table_name, 'touch'));
    end if;
    execute standard.insert_trigger(plan, schema_name, table_name);
    execute standard.update_trigger(plan, schema_name, table_name);
    execute standard.delete_trigger(plan, schema_name, table_name);
    for statement in
        select format(
            'create or replace trigger standard_%1$s after %1$s on %2$s referencing %3$s'
            ' for each statement execute function %4$s(%5$L)',
            e.event, target, e.tables, standard.function_name(schema_name, table_name, e.event), plan.entity)
        from (
            values
                ('insert', 'new table as new_rows'),
                ('update', 'new table as new_rows old table as old_rows'),
                ('delete', 'old table as old_rows')
        ) as e (event, tables)
    loop
        execute statement;
    end loop;
    for statement in
        select format('alter function %s() owner to platform_definer',
                      standard.function_name(schema_name, table_name, e.event))
        from (values ('insert'), ('update'), ('delete')) as e (event)
    loop
        execute statement;
    end loop;
    perform standard.fill_records(plan);

    insert into platform.standard_tables as s (schema_name, table_name, entity, digest)
    values (definition ->> 'schema', definition ->> 'table', plan.entity, wanted_digest)
    on conflict on constraint standard_tables_pkey do update
    set entity = excluded.entity, digest = excluded.digest, applied_at = now();
    return true;
end
$$;

-- Records of rows that were there before their table became an entity.
create function standard.fill_records(plan standard.plan)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    searched text;
begin
    if plan.label is null then
        return;
    end if;
    select string_agg(', r.' || quote_ident(s), '') into searched from unnest(plan.search) as s;
    execute format($text$
        insert into kernel.records (organization_id, id, entity, label, owner_id, search, deleted_at)
        select
            r.organization_id, r.id, %1$L, coalesce(left((%2$s)::text, 300), ''), %3$s,
            kernel.search_vector(concat_ws(' ', (%2$s)::text%4$s)), %5$s
        from %6$s as r
        where not exists (
            select
            from kernel.records as k
            where k.organization_id = r.organization_id
              and k.id = r.id)$text$,
        plan.entity, plan.label, coalesce('r.' || quote_ident(plan.owner), 'null::uuid'), searched,
        case when plan.has_bin then 'r.deleted_at' else 'null::timestamptz' end, plan.target);
end
$$;
