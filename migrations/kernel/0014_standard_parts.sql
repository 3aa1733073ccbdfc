-- Pieces of SQL that the standard triggers are generated from. Their text is static once generated: no statement is
-- assembled while a row is written.

-- The name of a table's generated function; `event` is insert, update or delete.
create function standard.function_name(schema_name text, table_name text, event text)
returns text
language sql immutable
as $$
    select format('standard.%I', schema_name || '_' || table_name || '_' || event)
$$;

-- An expression that gives a column's value as JSON text, in the shapes of the API.
create function standard.json_expression(value text, type regtype)
returns text
language sql immutable
as $$
    select case
        when value is null then null
        when type::text in ('smallint', 'integer', 'bigint', 'numeric', 'boolean', 'jsonb', 'json')
            then value || '::text'
        when type::text = 'uuid' then format('''"'' || %s || ''"''', value)
        when type::text = 'date' then format('''"'' || to_char(%s, ''YYYY-MM-DD'') || ''"''', value)
        when type::text = 'timestamp with time zone'
            then format(
                '''"'' || to_char(%s at time zone ''UTC'', ''YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'') || ''"''', value)
        else format('to_json(%s)::text', value)
    end
$$;

-- The changed keys of two sets of custom values as `"custom.key":[before,after],…`; null when there are none.
create function standard.custom_changes(before jsonb, after jsonb)
returns text
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select string_agg(
        to_json('custom.' || key)::text || ':['
        || coalesce((before -> key)::text, 'null') || ',' || coalesce((after -> key)::text, 'null') || ']',
        ',' order by key)
    from (
        select jsonb_object_keys(before)
        union
        select jsonb_object_keys(after)
    ) as k (key)
    where before -> key is distinct from after -> key
$$;
grant execute on function standard.custom_changes(jsonb, jsonb) to platform_definer;

-- An expression of a type that has an equality, for positions and the like have none.
create function standard.comparable(value text, type regtype)
returns text
language sql stable
as $$
    select value || case
        when exists (
            select
            from pg_operator as o
            where o.oprname = '='
              and o.oprleft = type
              and o.oprright = type)
            or exists (
                select
                from pg_type as t
                where t.oid = type
                  and (t.typcategory in ('A', 'S') or t.typtype <> 'b'))
            then ''
        else '::text'
    end
$$;

-- The same, null written out and a secret left out.
create function standard.told_value(value text, type regtype, is_secret boolean)
returns text
language sql immutable
as $$
    select case
        when value is null then null
        when is_secret then format('case when %s is null then ''null'' else ''{"redacted":true}'' end', value)
        else format('coalesce(%s, ''null'')', standard.json_expression(value, type))
    end
$$;

-- What a definition says, with the columns that the table really has: what the generators work from.
create type standard.plan as (
    target regclass,
    entity text,
    label text,
    owner text,
    search text[],
    redacted text[],
    untold text[],
    status_fields text[],
    has_events boolean,
    has_version boolean,
    has_bin boolean,
    has_custom boolean
);

create function standard.plan_of(definition jsonb)
returns standard.plan
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select row(
        t.target,
        definition ->> 'entity',
        definition ->> 'label',
        definition ->> 'owner',
        array(select jsonb_array_elements_text(coalesce(definition -> 'search', '[]'))),
        array(select jsonb_array_elements_text(coalesce(definition -> 'redacted', '[]'))),
        array(select jsonb_array_elements_text(coalesce(definition -> 'untold', '[]'))),
        array(select jsonb_array_elements_text(coalesce(definition -> 'statusFields', '[]'))),
        coalesce((definition ->> 'events')::boolean, true),
        exists (select from pg_attribute where attrelid = t.target and attname = 'version' and not attisdropped),
        exists (select from pg_attribute where attrelid = t.target and attname = 'deleted_at' and not attisdropped),
        exists (select from pg_attribute where attrelid = t.target and attname = 'custom' and not attisdropped)
    )::standard.plan
    from (
        select format('%I.%I', definition ->> 'schema', definition ->> 'table')::regclass
    ) as t (target)
$$;

-- The columns whose changes the audit tells: not the bookkeeping ones, nor those that are computed, nor those that the
-- definition leaves untold.
create function standard.told_columns(target regclass, untold text[])
returns table (name text, type regtype)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select a.attname::text, a.atttypid::regtype
    from pg_attribute as a
    where a.attrelid = target
      and a.attnum > 0
      and not a.attisdropped
      and a.attgenerated = ''
      and a.attname not in (
          'organization_id', 'id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'deleted_at')
      and a.attname <> all (untold)
    order by a.attnum
$$;

-- An expression that gives the object of changes as text. `before` and `after` are aliases; one of them may be null.
create function standard.changes_expression(plan standard.plan, before text, after text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    pieces text[] := '{}';
    told record;
    old_value text;
    new_value text;
    old_json text;
    new_json text;
    condition text;
begin
    for told in select c.name, c.type from standard.told_columns(plan.target, plan.untold) as c loop
        old_value := before || '.' || quote_ident(told.name);
        new_value := after || '.' || quote_ident(told.name);
        condition := case
            when before is null then new_value || ' is not null'
            when after is null then old_value || ' is not null'
            else standard.comparable(new_value, told.type) || ' is distinct from '
                || standard.comparable(old_value, told.type)
        end;
        if told.name = 'custom' then
            pieces := pieces || format(
                'case when %s then standard.custom_changes(%s, %s) end',
                case
                    when before is null then new_value || ' <> ''{}'''
                    when after is null then old_value || ' <> ''{}'''
                    else condition
                end,
                coalesce(old_value, '''{}'''), coalesce(new_value, '''{}'''));
            continue;
        end if;
        if told.name = 'tags' and (before is null or after is null) then
            condition := coalesce(old_value, new_value) || ' <> ''{}''';
        end if;
        old_json := standard.told_value(old_value, told.type, told.name = any (plan.redacted));
        new_json := standard.told_value(new_value, told.type, told.name = any (plan.redacted));
        pieces := pieces || format(
            'case when %s then %L || %s end',
            condition, to_json(told.name)::text || case when before is null then ':[null,' else ':[' end,
            concat_ws(' || '','' || ', old_json, new_json)
            || case when after is null then ' || '',null]''' else ' || '']''' end);
    end loop;
    return format(e'concat_ws('','',\n            %s)', array_to_string(pieces, e',\n            '));
end
$$;
