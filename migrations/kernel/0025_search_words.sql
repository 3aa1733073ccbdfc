-- What the search vector of a record costs at each insert: each word parsed once, and no setting changed per row.

-- Every name is qualified instead of a search path being set: that would cost as much as a dictionary, at every row.
create or replace function kernel.search_vector(value text)
returns tsvector
language plpgsql immutable parallel safe
as $$
declare
    words text := kernel.search_text(value);
begin
    return pg_catalog.strip(
        pg_catalog.to_tsvector('pg_catalog.simple'::pg_catalog.regconfig, words)
        operator(pg_catalog.||) pg_catalog.to_tsvector('pg_catalog.italian'::pg_catalog.regconfig, words)
        operator(pg_catalog.||) pg_catalog.to_tsvector('pg_catalog.english'::pg_catalog.regconfig, words));
end
$$;

-- The searched columns whose words the label does not already give: the label is searched, too.
create function standard.searched_columns(label text, columns text[])
returns text[]
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(c.name order by c.place), '{}')
    from unnest(columns) with ordinality as c (name, place)
    where 'r.' || quote_ident(c.name) is distinct from label
$$;

create or replace function standard.plan_of(definition jsonb)
returns standard.plan
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select row(
        t.target,
        definition ->> 'entity',
        definition ->> 'label',
        definition ->> 'owner',
        standard.searched_columns(
            definition ->> 'label',
            array(select jsonb_array_elements_text(coalesce(definition -> 'search', '[]')))),
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
