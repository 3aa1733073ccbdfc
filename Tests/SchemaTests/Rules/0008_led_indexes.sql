-- Every index of a tenant's table is led by organization_id.
--
-- Under row security each query is for one tenant. An index that begins otherwise makes a small tenant pay for all,
-- and a unique one would tell a tenant that a value stands with another.
with golden (name, reason) as (
    values ('kernel.outbox_xid_idx', 'readers follow all organizations in the order of transactions')
)
select
    format('%I.%I', n.nspname, i.relname) as object,
    format('an index of %s that does not begin with organization_id', x.indrelid::regclass) as detail
from pg_index as x
join pg_class as i on i.oid = x.indexrelid
join pg_class as c on c.oid = x.indrelid
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions', 'platform')
  and not c.relispartition
  and not exists (
      select
      from pg_attribute as a
      where a.attrelid = x.indrelid
        and a.attnum = x.indkey[0]
        and a.attname = 'organization_id')
  and format('%s.%s', n.nspname, i.relname) not in (select g.name from golden as g)
order by 1
