-- A generated trigger builds no statement while it runs: no `execute` in any function of the schema `standard` that a
-- trigger calls, and none there takes its entity from the name of its table, which is the shard's on a cluster.
select
    p.oid::regprocedure::text as object,
    'builds statements or looks at tg_table_name' as detail
from pg_proc as p
where p.pronamespace = 'standard'::regnamespace
  and p.prorettype = 'trigger'::regtype
  and p.prosrc ~* '\m(execute|tg_table_name|tg_relid|tg_relname)\M'
order by 1
