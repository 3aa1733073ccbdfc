-- The primary key of a tenant's table is led by organization_id, and is (organization_id, id) where there is an id.
--
-- Only such a key can be referred to together with the tenant, and lets the schema be distributed by organization.
-- Partitioned tables carry what they are partitioned by in their key: these two are listed.
with golden (name) as (
    values ('kernel.audit'), ('kernel.security_audit')
),
keys as (
    select
        c.oid,
        format('%s.%s', n.nspname, c.relname) as name,
        (
            select array_agg(a.attname::text order by k.place)
            from pg_constraint as p
            cross join lateral unnest(p.conkey) with ordinality as k (attnum, place)
            join pg_attribute as a on a.attrelid = p.conrelid and a.attnum = k.attnum
            where p.conrelid = c.oid
              and p.contype = 'p'
        ) as columns,
        exists (
            select
            from pg_attribute as a
            where a.attrelid = c.oid
              and a.attname = 'id'
              and not a.attisdropped
        ) as has_id
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p')
      and not c.relispartition
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'extensions', 'platform')
)
select
    k.name as object,
    format('primary key is %s', coalesce(k.columns::text, 'missing')) as detail
from keys as k
where k.columns is null
   or k.columns[1] <> 'organization_id'
   or (k.has_id and k.columns <> '{organization_id,id}' and k.name not in (select g.name from golden as g))
order by 1
