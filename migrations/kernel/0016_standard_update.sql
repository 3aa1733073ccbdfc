-- The statement trigger for updates, the longest of the three.
-- Old and new rows are paired by a full join: it can only be hashed or merged, so that a plan made for one row still
-- serves a hundred thousand. Conditions on it use `is distinct from`, which leaves the join as it is.

create function standard.update_records(plan standard.plan)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    owner text := coalesce('r.' || quote_ident(plan.owner), 'null::uuid');
    owner_before text := coalesce('o.' || quote_ident(plan.owner), 'null::uuid');
    searched text;
    compared text;
begin
    select string_agg(', r.' || quote_ident(s), ''),
           string_agg(format(' or r.%1$I is distinct from o.%1$I', s), '')
    into searched, compared
    from unnest(plan.search) as s;
    return format($text$
    update kernel.records as k
    set label = s.label, owner_id = s.owner_id, deleted_at = s.deleted_at, search = coalesce(s.search, k.search)
    from (
        select
            r.organization_id, r.id, coalesce(left(l.after, 300), '') as label, %2$s as owner_id,
            %4$s as deleted_at,
            case when l.after is distinct from l.before%6$s
                then kernel.search_vector(concat_ws(' ', l.after%5$s))
            end as search
        from new_rows as r
        full join old_rows as o on o.organization_id = r.organization_id and o.id = r.id
        cross join lateral (
            select (%1$s)::text, (select (%1$s)::text from (select o.*) as r)
        ) as l (after, before)
        where l.after is distinct from l.before
           or %2$s is distinct from %3$s
           or %4$s is distinct from %7$s%6$s
        offset 0
    ) as s
    where k.organization_id = s.organization_id
      and k.id = s.id;
$text$, plan.label, owner, owner_before,
        case when plan.has_bin then 'r.deleted_at' else 'null::timestamptz' end, searched, coalesce(compared, ''),
        case when plan.has_bin then 'o.deleted_at' else 'null::timestamptz' end);
end
$$;

create function standard.update_custom()
returns text
language sql immutable
as $$
    select $text$
    if exists (select from new_rows as r where r.custom <> '{}')
        or exists (select from old_rows as o where o.custom <> '{}') then
        delete from kernel.custom_values as v
        using new_rows as r
        full join old_rows as o on o.organization_id = r.organization_id and o.id = r.id
        where v.organization_id = r.organization_id
          and v.record_id = r.id
          and r.custom is distinct from o.custom;
        perform kernel.index_custom_values(r.organization_id, r.id, entity_name, r.custom)
        from new_rows as r
        full join old_rows as o on o.organization_id = r.organization_id and o.id = r.id
        where r.custom is distinct from o.custom;
    end if;
$text$
$$;

create function standard.update_transitions(plan standard.plan, field text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
    return format($text$
    insert into kernel.transitions (
        organization_id, entity, record_id, field, from_value, to_value, at, by_kind, by_id, seconds)
    select
        r.organization_id, entity_name, r.id, %1$L, o.%2$I::text, r.%2$I::text, now(), acting_kind, acting_id,
        case when o.%2$I is not null then (
            select extract(epoch from now() - t.at)::bigint
            from kernel.transitions as t
            where t.organization_id = r.organization_id
              and t.record_id = r.id
              and t.field = %1$L
            order by t.at desc
            limit 1)
        end
    from new_rows as r
    full join old_rows as o on o.organization_id = r.organization_id and o.id = r.id
    where r.%2$I is distinct from o.%2$I;
$text$, field, field) || case when plan.has_events then format($text$%1$s
    select
        r.organization_id, entity_name || '.entered', r.id, %2$s, null, %3$s, %4$s, acting_kind, acting_id, request,
        jsonb_build_object('field', %5$L, 'from', o.%6$I::text, 'to', r.%6$I::text)
    from new_rows as r
    full join old_rows as o on o.organization_id = r.organization_id and o.id = r.id
    where r.%6$I is distinct from o.%6$I;
$text$, standard.outbox_columns(), case when plan.has_version then 'r.version' else 'null::integer' end,
        coalesce('o.' || quote_ident(plan.owner), 'null::uuid'),
        coalesce('r.' || quote_ident(plan.owner), 'null::uuid'), field, field)
        else ''
    end;
end
$$;

create function standard.update_trigger(plan standard.plan, schema_name text, table_name text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    version text := case when plan.has_version then 'r.version' else 'null::integer' end;
    body text := standard.trigger_head(schema_name, table_name, 'update');
    field text;
begin
    body := body || format($text$
    with pairs as (
        select
            r.organization_id, r.id, %1$s as version, %2$s as action,
            %3$s as owner_before, %4$s as owner_after,
            %5$s as told
        from new_rows as r
        full join old_rows as o on o.organization_id = r.organization_id and o.id = r.id
        offset 0
    ),
    changed as materialized (
        select p.*, concat('{', p.told, '}')::jsonb as changes, uuid_send(gen_random_uuid()) as salt
        from pairs as p
        where p.told is distinct from ''
           or p.action is distinct from 'updated'
    )%6$s%7$s;
$text$, version,
        case when plan.has_bin then
            'case when o.deleted_at is null and r.deleted_at is not null then ''deleted'' '
            'when o.deleted_at is not null and r.deleted_at is null then ''restored'' else ''updated'' end'
        else '''updated'''
        end,
        coalesce('o.' || quote_ident(plan.owner), 'null::uuid'),
        coalesce('r.' || quote_ident(plan.owner), 'null::uuid'),
        standard.changes_expression(plan.target, plan.redacted, 'o', 'r'),
        case when plan.has_events then
            ', told as (' || standard.audit_insert() || ')' || standard.outbox_columns()
        else standard.audit_insert()
        end,
        case when plan.has_events then $text$
    select
        c.organization_id, entity_name || '.' || c.action, c.id, c.version,
        array(select jsonb_object_keys(c.changes)), c.owner_before, c.owner_after, acting_kind, acting_id, request, null
    from changed as c$text$
        else ''
        end);
    if plan.label is not null then
        body := body || standard.update_records(plan);
        if plan.has_custom then
            body := body || standard.update_custom();
        end if;
    end if;
    foreach field in array plan.status_fields loop
        body := body || standard.update_transitions(plan, field);
    end loop;
    return body || e'    return null;\nend\n$trigger$';
end
$$;
