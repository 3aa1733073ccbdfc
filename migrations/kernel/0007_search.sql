-- Full-text search: words as they are, and their Italian and English stems, without accents; every word is a prefix.

-- What would make one lexeme of an address, a path or a number parts words, here and in queries alike: 'rossi' finds
-- 'mario.rossi@example.com'. The parser takes care of other punctuation.
create function kernel.search_text(value text)
returns text
language sql immutable parallel safe
as $$
    select translate(kernel.fold(left(value, 10000)), '@./-_<&+', '        ')
$$;

create function kernel.search_vector(value text)
returns tsvector
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
    words text := kernel.search_text(value);
begin
    return strip(
        to_tsvector('pg_catalog.simple', words)
        || to_tsvector('pg_catalog.italian', words)
        || to_tsvector('pg_catalog.english', words));
end
$$;

-- Null when no word is left to look for. Any text at all gives a query: lexemes are quoted, none is parsed.
create function kernel.search_query(value text)
returns tsquery
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
    with words as (
        select
            w.lexeme,
            ts_lexize('pg_catalog.italian_stem', w.lexeme) as italian,
            ts_lexize('pg_catalog.english_stem', w.lexeme) as english
        from unnest(to_tsvector('pg_catalog.simple', kernel.search_text(left(value, 400)))) as w
        order by w.positions[1]
        limit 12
    ),
    terms as (
        select
            (italian = '{}' or english = '{}') as is_stop_word,
            (
                select string_agg(
                    '''' || replace(replace(t.lexeme, '\', '\\'), '''', '''''') || '''' || t.suffix, ' | ')
                from (
                    select w.lexeme, ':*'
                    union all
                    select stem, ''
                    from unnest(w.italian || w.english) as stem
                    where stem <> w.lexeme
                ) as t (lexeme, suffix)
            ) as alternatives
        from words as w
    )
    select string_agg('(' || alternatives || ')', ' & ')::tsquery
    from terms
    where not is_stop_word
       or not exists (select from terms where not is_stop_word)
$$;

-- Ids only, best first; the caller joins them back through row security. Runs as a role that sees past the policy,
-- for the planner may then use the index; the tenant is therefore written here.
create function kernel.search(entity text, query text, wanted integer)
returns table (id uuid, rank real)
language plpgsql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    tenant uuid := current_setting('app.organization_id')::uuid;
    words tsquery := kernel.search_query(query);
    start text := kernel.fold(query);
begin
    if words is null or wanted is null or wanted < 1 then
        return;
    end if;
    return query
    select
        m.id,
        (m.closeness + case when starts_with(m.label, start) then 2 when strpos(m.label, start) > 0 then 1 else 0 end
        )::real as rank
    from (
        select r.id, kernel.fold(r.label) as label, ts_rank(r.search, words) as closeness
        from kernel.records as r
        where r.organization_id = tenant
          and r.search @@ words
          and r.deleted_at is null
          and (search.entity is null or r.entity = search.entity)
        -- A word that stands everywhere must not cost a sort of everything.
        limit greatest(wanted, 2000)
    ) as m
    order by 2 desc, m.label, m.id
    limit wanted;
end
$$;
alter function kernel.search(text, text, integer) owner to platform_definer;
grant execute on function kernel.search(text, text, integer) to platform_app;
grant execute on function kernel.search_text(text), kernel.search_vector(text), kernel.search_query(text)
to platform_definer, platform_app;
