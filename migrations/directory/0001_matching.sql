-- The schema of the customer master, and the forms under which its records are recognised as the same.

create schema directory;
grant usage on schema directory to platform_app, platform_vendor;

-- A company's name without case, accents, punctuation and legal form: 'Rossi S.r.l.' and 'ROSSI SRL' are one.
create function directory.name_match(value text)
returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select nullif(btrim(coalesce(nullif(regexp_replace(
        w.words,
        '( (s r l s?|srls?|s p a|spa|s n c|snc|s a s|sas|s a p a|sapa|s s|soc coop|scarl|s c a r l|onlus|ltd|limited'
        '|llc|inc|incorporated|corp|corporation|co|plc|gmbh|ag|kg|ohg|sarl|sa|s a|bv|b v|nv|n v|oy|ab|as))+ ?$',
        ''), ''), w.words)), '')
    from (
        select regexp_replace(kernel.fold(value) collate "und-x-icu", '[^[:alnum:]]+', ' ', 'g') as words
    ) as w
$$;

-- A VAT number without separators and without the prefix of Italy.
create function directory.vat_match(value text)
returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select nullif(regexp_replace(upper(regexp_replace(value, '[^[:alnum:]]+', '', 'g')), '^IT([0-9]{11})$', '\1'), '')
$$;

-- A telephone number without the prefix of Italy: with and without it, it is the same one.
create function directory.phone_match(value text)
returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select nullif(regexp_replace(regexp_replace(value, '[^0-9+]+', '', 'g'), '^(\+39|0039)', ''), '')
$$;

-- The city of an address; empty where none is told, so that two records without one can be the same.
create function directory.city_match(address jsonb)
returns text
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(kernel.fold(address ->> 'city'), '')
$$;

grant execute on function
    directory.name_match(text), directory.vat_match(text), directory.phone_match(text), directory.city_match(jsonb)
to platform_app, platform_definer;
