-- `on delete set null` and `set default` name their column: they would clear the organization too.
select
    f.conrelid::regclass::text as object,
    format('%s clears organization_id when what it refers to is deleted', f.conname) as detail
from pg_constraint as f
where f.contype = 'f'
  and f.confdeltype in ('n', 'd')
  and exists (
      select
      from pg_attribute as a
      where a.attrelid = f.conrelid
        and a.attname = 'organization_id'
        and a.attnum = any (coalesce(f.confdelsetcols, f.conkey)))
order by 1, 2
