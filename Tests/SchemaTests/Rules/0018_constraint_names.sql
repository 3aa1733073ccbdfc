-- A constraint is named <table>_<column>_<kind>, and so is a unique index: what a failure names becomes a field.
--
-- The column is one of the constraint's own (organization_id only where there is no other). Of a key on several
-- columns it is the one that the person who meets the failure filled in; `email` may stand for its `email_key`.
with constraints as (
    select
        c.relname::text as table_name,
        format('%I.%I', n.nspname, c.relname) as object,
        k.conname::text as name,
        case k.contype
            when 'p' then 'pkey'
            when 'f' then 'fkey'
            when 'c' then 'check'
            when 'u' then 'key'
            else 'excl'
        end as kind,
        c.oid,
        k.conkey
    from pg_constraint as k
    join pg_class as c on c.oid = k.conrelid
    join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'extensions')
      and not c.relispartition
      and k.contype in ('p', 'f', 'c', 'u', 'x')
    union all
    select c.relname, format('%I.%I', n.nspname, c.relname), i.relname, 'key', c.oid, x.indkey::smallint[]
    from pg_index as x
    join pg_class as i on i.oid = x.indexrelid
    join pg_class as c on c.oid = x.indrelid
    join pg_namespace as n on n.oid = c.relnamespace
    where x.indisunique
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'extensions')
      and not c.relispartition
      and not exists (select from pg_constraint as k where k.conindid = i.oid and k.contype in ('p', 'u', 'x'))
)
select
    k.object,
    format('%s should be named %s_<column>_%s', k.name, k.table_name, k.kind) as detail
from constraints as k
where k.name <> k.table_name || '_pkey'
  and not exists (
      select
      from pg_attribute as a
      where a.attrelid = k.oid
        and a.attnum = any (k.conkey)
        and k.name in (
            format('%s_%s_%s', k.table_name, a.attname, k.kind),
            format('%s_%s_%s', k.table_name, regexp_replace(a.attname, '_key$', ''), k.kind))
        and (a.attname <> 'organization_id' or cardinality(k.conkey) = 1))
order by 1, 2
