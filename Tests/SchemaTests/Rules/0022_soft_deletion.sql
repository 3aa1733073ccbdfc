-- Where records go to a bin, what is unique is unique among those outside it: a partial index, `deleted_at is null`.
with golden (name, reason) as (
    values
        ('kernel.roles_key_key', 'a built-in role keeps its key'),
        ('kernel.custom_fields_key_key', 'values of a deleted field still carry its key'),
        ('kernel.invitations_token_digest_key', 'a token is never given twice'),
        ('sales.stages_pipeline_id_key', 'what opportunities refer to; its id alone is unique')
)
select
    format('%I.%I', n.nspname, i.relname) as object,
    'is unique in the bin too' as detail
from pg_index as x
join pg_class as i on i.oid = x.indexrelid
join pg_class as c on c.oid = x.indrelid
join pg_namespace as n on n.oid = c.relnamespace
where x.indisunique
  and not x.indisprimary
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions', 'platform')
  and exists (
      select
      from pg_attribute as a
      where a.attrelid = c.oid
        and a.attname = 'deleted_at'
        and not a.attisdropped)
  and coalesce(pg_get_expr(x.indpred, x.indrelid), '') !~ 'deleted_at IS NULL'
  and format('%s.%s', n.nspname, i.relname) not in (select g.name from golden as g)
order by 1
