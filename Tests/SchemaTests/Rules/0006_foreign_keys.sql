-- A foreign key between tenants' tables carries the organization on both sides, first.
--
-- Checks of foreign keys bypass row security: the composite key alone makes a reference to another tenant's row
-- impossible. Two tables of the installation may be referred to by their id: the organization and the user.
with keys as (
    select
        f.oid,
        f.conname,
        f.conrelid::regclass::text as referring,
        f.confrelid::regclass::text as referred,
        array(
            select a.attname::text
            from unnest(f.conkey) with ordinality as k (attnum, place)
            join pg_attribute as a on a.attrelid = f.conrelid and a.attnum = k.attnum
            order by k.place
        ) as columns,
        array(
            select a.attname::text
            from unnest(f.confkey) with ordinality as k (attnum, place)
            join pg_attribute as a on a.attrelid = f.confrelid and a.attnum = k.attnum
            order by k.place
        ) as referred_columns
    from pg_constraint as f
    join pg_class as c on c.oid = f.conrelid
    join pg_namespace as n on n.oid = c.relnamespace
    where f.contype = 'f'
      and f.conparentid = 0
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'extensions', 'platform')
)
select
    k.referring as object,
    format('%s refers to %s by %s', k.conname, k.referred, k.columns) as detail
from keys as k
where not (k.referred in ('platform.organizations', 'platform.users') and k.referred_columns = '{id}')
  and (k.columns[1] <> 'organization_id' or k.referred_columns[1] <> 'organization_id' or cardinality(k.columns) < 2)
order by 1, 2
