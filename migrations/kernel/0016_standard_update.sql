-- The statement trigger for updates, the longest of the three.
-- Old and new rows are paired by a full join: it can only be hashed or merged, so that a plan made for one row still
-- serves a hundred thousand. Conditions on it use `is distinct from`, which leaves the join as it is.

-- The columns of `pairs` that kernel.records needs, with a comma in front.
create function standard.update_record_columns(plan standard.plan)
returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select format(
        $text$,
            (%1$s)::text as label, %2$s as bin_after, %3$s as bin_before,
            (select (%1$s)::text from (select o.*) as r) is distinct from (%1$s)::text%4$s as has_new_words,
            concat_ws(' ', (%1$s)::text%5$s) as words$text$,
        plan.label,
        case when plan.has_bin then 'r.deleted_at' else 'null::timestamptz' end,
        case when plan.has_bin then 'o.deleted_at' else 'null::timestamptz' end,
        (select string_agg(format(' or r.%1$I is distinct from o.%1$I', s), '') from unnest(plan.search) as s),
        (select string_agg(', r.' || quote_ident(s), '') from unnest(plan.search) as s))
$$;

create function standard.update_records()
returns text
language sql immutable
as $$
    select $text$,
    kept as (
        update kernel.records as k
        set label = coalesce(left(p.label, 300), ''),
            owner_id = p.owner_after,
            deleted_at = p.bin_after,
            search = case when p.has_new_words then kernel.search_vector(p.words) else k.search end
        from pairs as p
        where k.organization_id = p.organization_id
          and k.id = p.id
          and (p.has_new_words
               or p.owner_after is distinct from p.owner_before
               or p.bin_after is distinct from p.bin_before)
    )$text$
$$;

-- With how long the state before stood: since the transition before.
create function standard.update_transitions(plan standard.plan)
returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select format($text$,
    states as materialized (
        select p.organization_id, p.id, p.version, p.owner_before, p.owner_after, s.field, s.before, s.after
        from pairs as p
        cross join lateral (values %s) as s (field, before, after)
        where s.before is distinct from s.after
    ),
    passed as (
        insert into kernel.transitions (
            organization_id, entity, record_id, field, from_value, to_value, at, by_kind, by_id, seconds)
        select
            s.organization_id, entity_name, s.id, s.field, s.before, s.after, now(), acting_kind, acting_id,
            (
                select extract(epoch from now() - t.at)::bigint
                from kernel.transitions as t
                where t.organization_id = s.organization_id
                  and t.record_id = s.id
                  and t.field = s.field
                order by t.at desc
                limit 1)
        from states as s
    )$text$, (
        select string_agg(format('(%1$L, p.%2$I, p.%3$I)', f, f || '_before', f || '_after'), ', ' order by place)
        from unnest(plan.status_fields) with ordinality as s (f, place)))
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

create function standard.update_action(plan standard.plan)
returns text
language sql immutable
as $$
    select case
        when plan.has_bin then
            $text$case
                when o.deleted_at is null and r.deleted_at is not null then 'deleted'
                when o.deleted_at is not null and r.deleted_at is null then 'restored'
                else 'updated'
            end$text$
        else $text$'updated'$text$
    end
$$;

create function standard.update_trigger(plan standard.plan, schema_name text, table_name text)
returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
    has_states boolean := cardinality(plan.status_fields) > 0;
    states text;
begin
    select string_agg(format(', o.%1$I::text as %2$I, r.%1$I::text as %3$I', f, f || '_before', f || '_after'), '')
    into states
    from unnest(plan.status_fields) as f;
    return concat(
        standard.trigger_head(schema_name, table_name, 'update'),
        format($text$
    with pairs as materialized (
        select
            r.organization_id, r.id, %1$s as version, %2$s as action,
            %3$s as owner_before, %4$s as owner_after%5$s%6$s,
            %7$s as told
        from new_rows as r
        full join old_rows as o on o.organization_id = r.organization_id and o.id = r.id
    ),
    changed as materialized (
        select
            p.organization_id, p.id, p.version, p.action, p.owner_before, p.owner_after,
            concat('{', p.told, '}')::jsonb as changes, uuid_send(gen_random_uuid()) as salt
        from pairs as p
        where p.told <> ''
           or p.action <> 'updated'
    ),$text$,
            case when plan.has_version then 'r.version' else 'null::integer' end,
            standard.update_action(plan),
            coalesce('o.' || quote_ident(plan.owner), 'null::uuid'),
            coalesce('r.' || quote_ident(plan.owner), 'null::uuid'),
            states,
            case when plan.label is not null then standard.update_record_columns(plan) end,
            standard.changes_expression(plan, 'o', 'r')),
        standard.audit_insert(),
        case when plan.label is not null then standard.update_records() end,
        case when has_states then standard.update_transitions(plan) end,
        case when plan.has_events then standard.outbox_columns() || $text$
    select
        c.organization_id, entity_name || '.' || c.action, c.id, c.version, array(select jsonb_object_keys(c.changes)),
        c.owner_before, c.owner_after, acting_kind, acting_id, request, null::jsonb
    from changed as c$text$
            else e'\n    select count(*) into written from changed as c'
        end,
        case when plan.has_events and has_states then $text$
    union all
    select
        s.organization_id, entity_name || '.entered', s.id, s.version, null, s.owner_before, s.owner_after, acting_kind,
        acting_id, request, jsonb_build_object('field', s.field, 'from', s.before, 'to', s.after)
    from states as s$text$
        end,
        e';\n',
        case when plan.has_custom and plan.label is not null then standard.update_custom() end,
        e'    return null;\nend\n$trigger$');
end
$$;
