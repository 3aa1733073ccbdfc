-- The three statement triggers of a standard table, generated: records, custom values, audit, outbox, transitions.

-- Before each update of a standard record: what no caller may set, and nothing at all when nothing changed. (Computed
-- columns are still empty in `new` at this point, so the rows can't be compared as a whole.)
create function standard.touch_trigger(plan standard.plan, schema_name text, table_name text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    news text;
    olds text;
begin
    select string_agg(standard.comparable('new.' || quote_ident(c.name), c.type), ', '),
           string_agg(standard.comparable('old.' || quote_ident(c.name), c.type), ', ')
    into news, olds
    from standard.told_columns(plan.target, plan.untold) as c;
    return format($text$
create or replace function %s()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $trigger$
begin
    new.organization_id := old.organization_id;
    new.id := old.id;
    new.created_at := old.created_at;
    new.created_by := old.created_by;
    new.version := old.version;
    new.updated_at := old.updated_at;
    new.updated_by := old.updated_by;
    if row(new.deleted_at, %s) is distinct from row(old.deleted_at, %s) then
        new.version := old.version + 1;
        new.updated_at := now();
        new.updated_by := nullif(current_setting('app.actor_id', true), '')::uuid;
    end if;
    return new;
end
$trigger$
$text$, standard.function_name(schema_name, table_name, 'touch'), news, olds);
end
$$;

-- The declarations and the start of every generated function.
create function standard.trigger_head(schema_name text, table_name text, event text)
returns text
language sql immutable
as $$
    select format($text$
create or replace function %s()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp%s
as $trigger$
declare
    entity_name text := tg_argv[0];
    acting_kind text := coalesce(nullif(current_setting('app.actor_kind', true), ''), 'system');
    acting_id uuid := nullif(current_setting('app.actor_id', true), '')::uuid;
    request text := nullif(current_setting('app.request_id', true), '');
    acting_address inet := nullif(current_setting('app.address', true), '')::inet;
    written bigint;
begin$text$,
        standard.function_name(schema_name, table_name, event),
        -- Plans are kept for the next statement, which may be of another size: these tables are met by key, always.
        case when event = 'insert' then '' else e'\nset enable_seqscan = off' end)
$$;

-- Parts of one statement that writes everything. Rows of the audit come from `changed`.
create function standard.audit_insert()
returns text
language sql immutable
as $$
    select $text$
    audited as (
        insert into kernel.audit (
            organization_id, at, entity, record_id, record_version, action, actor_kind, actor_id, request_id, address,
            changes, salt, digest)
        select
            c.organization_id, now(), entity_name, c.id, c.version, c.action, acting_kind, acting_id, request,
            acting_address, c.changes, c.salt, sha256(c.salt || convert_to(c.changes::text, 'UTF8'))
        from changed as c
    )$text$
$$;

create function standard.outbox_columns()
returns text
language sql immutable
as $$
    select $text$
    insert into kernel.outbox (
        organization_id, event, record_id, record_version, changed, owner_before, owner_after, actor_kind, actor_id,
        request_id, detail)$text$
$$;

create function standard.insert_trigger(plan standard.plan, schema_name text, table_name text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    owner text := coalesce('r.' || quote_ident(plan.owner), 'null::uuid');
    version text := case when plan.has_version then 'r.version' else 'null::integer' end;
    states text;
    searched text;
begin
    select string_agg(format('(%1$L, r.%1$I::text)', f), ', ' order by place)
    into states
    from unnest(plan.status_fields) with ordinality as s (f, place);
    select string_agg(', r.' || quote_ident(s), '') into searched from unnest(plan.search) as s;
    return concat(
        standard.trigger_head(schema_name, table_name, 'insert'),
        format($text$
    with changed as (
        select
            r.organization_id, r.id, %s as version, 'created' as action, uuid_send(gen_random_uuid()) as salt,
            concat('{', %s, '}')::jsonb as changes
        from new_rows as r
    ),%s$text$, version, standard.changes_expression(plan, null, 'r'), standard.audit_insert()),
        case when plan.label is not null then format($text$,
    kept as (
        insert into kernel.records (organization_id, id, entity, label, owner_id, search, deleted_at)
        select
            r.organization_id, r.id, entity_name, coalesce(left((%1$s)::text, 300), ''), %2$s,
            kernel.search_vector(concat_ws(' ', (%1$s)::text%3$s)), %4$s
        from new_rows as r
    )$text$, plan.label, owner, searched, case when plan.has_bin then 'r.deleted_at' else 'null::timestamptz' end)
        end,
        case when states is not null then format($text$,
    passed as (
        insert into kernel.transitions (organization_id, entity, record_id, field, to_value, at, by_kind, by_id)
        select r.organization_id, entity_name, r.id, s.field, s.value, now(), acting_kind, acting_id
        from new_rows as r
        cross join lateral (values %s) as s (field, value)
        where s.value is not null
    )$text$, states)
        end,
        case when plan.has_events then format($text$%s
    select
        r.organization_id, entity_name || e.name, r.id, %s, null, null, %s, acting_kind, acting_id, request, e.detail
    from new_rows as r
    cross join lateral (
        select '.created' as name, null::jsonb as detail%s
    ) as e$text$, standard.outbox_columns(), version, owner, case when states is not null then format($text$
        union all
        select '.entered', jsonb_build_object('field', s.field, 'from', null, 'to', s.value)
        from (values %s) as s (field, value)
        where s.value is not null$text$, states)
        end)
            else e'\n    select count(*) into written from new_rows as r'
        end,
        e';\n',
        case when plan.has_custom and plan.label is not null then $text$
    if exists (select from new_rows as r where r.custom <> '{}') then
        perform kernel.index_custom_values(r.organization_id, r.id, entity_name, r.custom)
        from new_rows as r
        where r.custom <> '{}';
    end if;
$text$
        end,
        e'    return null;\nend\n$trigger$');
end
$$;

create function standard.delete_trigger(plan standard.plan, schema_name text, table_name text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    owner text := coalesce('r.' || quote_ident(plan.owner), 'null::uuid');
    version text := case when plan.has_version then 'r.version' else 'null::integer' end;
begin
    -- Where there is a bin, deleting the row is the end of it.
    return concat(
        standard.trigger_head(schema_name, table_name, 'delete'),
        format($text$
    with changed as (
        select
            r.organization_id, r.id, %s as version, %L as action, uuid_send(gen_random_uuid()) as salt,
            concat('{', %s, '}')::jsonb as changes
        from old_rows as r
    ),%s$text$, version, case when plan.has_bin then 'erased' else 'deleted' end,
            standard.changes_expression(plan, 'r', null), standard.audit_insert()),
        case when plan.label is not null then $text$,
    forgotten as (
        delete from kernel.records as k
        using old_rows as r
        where k.organization_id = r.organization_id
          and k.id = r.id
    )$text$
        end,
        case when plan.has_events then format($text$%s
    select
        r.organization_id, entity_name || '.deleted', r.id, %s, null, %s, null, acting_kind, acting_id, request, null
    from old_rows as r$text$, standard.outbox_columns(), version, owner)
            else e'\n    select count(*) into written from old_rows as r'
        end,
        e';\n    return null;\nend\n$trigger$');
end
$$;
