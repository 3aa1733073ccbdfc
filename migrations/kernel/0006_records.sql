-- Every record of every entity, kept by the standard triggers: what polymorphic references, global search and
-- typed filters over custom fields stand on.

create table kernel.records (
    organization_id uuid not null,
    id uuid not null,
    entity text not null,
    label text not null,
    owner_id uuid,
    search tsvector not null,
    deleted_at timestamptz(3),
    constraint records_pkey primary key (organization_id, id)
);
create index records_search_idx on kernel.records
using gin (organization_id, search)
with (gin_pending_list_limit = 512)
where deleted_at is null;

create table kernel.custom_fields (
    organization_id uuid not null,
    id uuid not null,
    entity text not null,
    key text not null,
    kind text not null,
    label text not null,
    rules jsonb not null default '{}',
    position integer not null default 0,
    constraint custom_fields_pkey primary key (organization_id, id),
    constraint custom_fields_key_key unique (organization_id, entity, key),
    constraint custom_fields_key_check check (key ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint custom_fields_kind_check check (
        kind in (
            'text', 'long_text', 'integer', 'decimal', 'money', 'percent', 'boolean', 'choice', 'multi_choice', 'date',
            'instant', 'time', 'duration', 'email', 'phone', 'url', 'color', 'reference'))
);

-- One row per value of a custom field: several for a multiple choice, told apart by `place`.
create table kernel.custom_values (
    organization_id uuid not null,
    field_id uuid not null,
    record_id uuid not null,
    place integer not null default 0,
    text_key text collate "C",
    integer_value bigint,
    instant_value timestamptz(3),
    date_value date,
    reference_id uuid,
    constraint custom_values_pkey primary key (organization_id, field_id, record_id, place),
    constraint custom_values_field_id_fkey
        foreign key (organization_id, field_id) references kernel.custom_fields (organization_id, id) on delete cascade,
    constraint custom_values_record_id_fkey
        foreign key (organization_id, record_id) references kernel.records (organization_id, id) on delete cascade
);
create index custom_values_record_id_idx on kernel.custom_values (organization_id, record_id);
create index custom_values_text_key_idx on kernel.custom_values (organization_id, field_id, text_key, record_id)
where text_key is not null;
create index custom_values_integer_value_idx
on kernel.custom_values (organization_id, field_id, integer_value, record_id)
where integer_value is not null;
create index custom_values_instant_value_idx
on kernel.custom_values (organization_id, field_id, instant_value, record_id)
where instant_value is not null;
create index custom_values_date_value_idx on kernel.custom_values (organization_id, field_id, date_value, record_id)
where date_value is not null;
create index custom_values_reference_id_idx
on kernel.custom_values (organization_id, field_id, reference_id, record_id)
where reference_id is not null;

select standard.add_columns('kernel.custom_fields');
select kernel.apply_tenant('kernel', 'records', 'select');
select kernel.apply_tenant('kernel', 'custom_fields');
select kernel.apply_tenant('kernel', 'custom_values', 'select');
grant select, insert, update, delete on kernel.records, kernel.custom_values to platform_definer;
grant select on kernel.custom_fields to platform_definer;

-- The side index of one record's custom values. A key without a field of that name is left alone.
create function kernel.index_custom_values(organization uuid, record uuid, entity_name text, custom jsonb)
returns void
language sql volatile
set search_path = pg_catalog, pg_temp
as $$
    insert into kernel.custom_values (
        organization_id, field_id, record_id, place, text_key, integer_value, instant_value, date_value, reference_id)
    select
        f.organization_id,
        f.id,
        record,
        v.place,
        case when f.kind in ('text', 'long_text', 'choice', 'multi_choice', 'time', 'email', 'phone', 'url', 'color')
            then left(kernel.fold(v.value #>> '{}'), 200)
        end,
        case
            when f.kind = 'boolean' then (v.value)::boolean::integer
            when f.kind = 'decimal'
                then round((v.value)::numeric * 10::numeric ^ coalesce((f.rules ->> 'scale')::integer, 0))
            when f.kind in ('integer', 'money', 'percent', 'duration') then (v.value)::numeric
        end,
        case when f.kind = 'instant' then (v.value #>> '{}')::timestamptz end,
        case when f.kind = 'date' then (v.value #>> '{}')::date end,
        case when f.kind = 'reference' then (v.value #>> '{}')::uuid end
    from jsonb_each(custom) as c (key, value)
    join kernel.custom_fields as f
        on f.organization_id = organization
        and f.entity = entity_name
        and f.key = c.key
    cross join lateral (
        select e.value, (e.place - 1)::integer
        from jsonb_array_elements(c.value) with ordinality as e (value, place)
        where jsonb_typeof(c.value) = 'array'
        union all
        select c.value, 0
        where jsonb_typeof(c.value) <> 'array'
    ) as v (value, place)
    where jsonb_typeof(v.value) <> 'null'
$$;
grant execute on function kernel.index_custom_values(uuid, uuid, text, jsonb) to platform_definer;
