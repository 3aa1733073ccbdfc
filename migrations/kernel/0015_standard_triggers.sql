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
    from standard.told_columns(plan.target) as c;
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
begin$text$,
        standard.function_name(schema_name, table_name, event),
        -- Plans are kept for the next statement, which may be of another size: these tables are met by key, always.
        case when event = 'insert' then '' else e'\nset enable_seqscan = off' end)
$$;

-- Inserts into the audit and the outbox from `changed`, a relation of that name with the columns that both need.
create function standard.audit_insert()
returns text
language sql immutable
as $$
    select $text$
    insert into kernel.audit (
        organization_id, at, entity, record_id, record_version, action, actor_kind, actor_id, request_id, address,
        changes, salt, digest)
    select
        c.organization_id, now(), entity_name, c.id, c.version, c.action, acting_kind, acting_id, request,
        acting_address, c.changes, c.salt, sha256(c.salt || convert_to(c.changes::text, 'UTF8'))
    from changed as c$text$
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
    body text := standard.trigger_head(schema_name, table_name, 'insert');
    field text;
    searched text;
begin
    if plan.label is not null then
        select string_agg(', r.' || quote_ident(s), '') into searched from unnest(plan.search) as s;
        body := body || format($text$
    insert into kernel.records (organization_id, id, entity, label, owner_id, search, deleted_at)
    select
        r.organization_id, r.id, entity_name, coalesce(left((%1$s)::text, 300), ''), %2$s,
        kernel.search_vector(concat_ws(' ', (%1$s)::text%3$s)), %4$s
    from new_rows as r;
$text$, plan.label, owner, searched, case when plan.has_bin then 'r.deleted_at' else 'null::timestamptz' end);
    end if;
    if plan.has_custom and plan.label is not null then
        body := body || $text$
    if exists (select from new_rows as r where r.custom <> '{}') then
        perform kernel.index_custom_values(r.organization_id, r.id, entity_name, r.custom)
        from new_rows as r
        where r.custom <> '{}';
    end if;
$text$;
    end if;
    body := body || format($text$
    with changed as (
        select
            r.organization_id, r.id, %s as version, 'created' as action, uuid_send(gen_random_uuid()) as salt,
            concat('{', %s, '}')::jsonb as changes
        from new_rows as r
    )%s;
$text$, version, standard.changes_expression(plan.target, plan.redacted, null, 'r'), standard.audit_insert());
    if plan.has_events then
        body := body || format($text$%s
    select
        r.organization_id, entity_name || '.created', r.id, %s, null, null, %s, acting_kind, acting_id, request, null
    from new_rows as r;
$text$, standard.outbox_columns(), version, owner);
    end if;
    foreach field in array plan.status_fields loop
        body := body || format($text$
    insert into kernel.transitions (organization_id, entity, record_id, field, to_value, at, by_kind, by_id)
    select r.organization_id, entity_name, r.id, %1$L, r.%2$I::text, now(), acting_kind, acting_id
    from new_rows as r
    where r.%2$I is not null;
$text$, field, field);
        if plan.has_events then
            body := body || format($text$%s
    select
        r.organization_id, entity_name || '.entered', r.id, %s, null, null, %s, acting_kind, acting_id, request,
        jsonb_build_object('field', %L, 'from', null, 'to', r.%I::text)
    from new_rows as r
    where r.%I is not null;
$text$, standard.outbox_columns(), version, owner, field, field, field);
        end if;
    end loop;
    return body || e'    return null;\nend\n$trigger$';
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
    body text := standard.trigger_head(schema_name, table_name, 'delete');
begin
    if plan.label is not null then
        body := body || $text$
    delete from kernel.records as k
    using old_rows as r
    where k.organization_id = r.organization_id
      and k.id = r.id;
$text$;
    end if;
    -- Where there is a bin, deleting the row is the end of it.
    body := body || format($text$
    with changed as (
        select
            r.organization_id, r.id, %s as version, %L as action, uuid_send(gen_random_uuid()) as salt,
            concat('{', %s, '}')::jsonb as changes
        from old_rows as r
    )%s;
$text$, version, case when plan.has_bin then 'erased' else 'deleted' end,
        standard.changes_expression(plan.target, plan.redacted, 'r', null), standard.audit_insert());
    if plan.has_events then
        body := body || format($text$%s
    select
        r.organization_id, entity_name || '.deleted', r.id, %s, null, %s, null, acting_kind, acting_id, request, null
    from old_rows as r;
$text$, standard.outbox_columns(), version, owner);
    end if;
    return body || e'    return null;\nend\n$trigger$';
end
$$;
