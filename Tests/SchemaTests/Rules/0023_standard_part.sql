-- Every tenant's table writes its audit: the three statement triggers stand, switched on, with their own functions.
--
-- Listed are the tables that are themselves a log, or are kept by triggers of tables that have one.
with golden (name) as (
    values
        ('kernel.api_key_uses'), ('kernel.audit'), ('kernel.audit_links'), ('kernel.bulk_faults'),
        ('kernel.bulk_portions'), ('kernel.bulk_rows'), ('kernel.counters'), ('kernel.custom_values'),
        ('kernel.idempotency_keys'), ('kernel.import_errors'), ('kernel.import_rows'), ('kernel.notifications'),
        ('kernel.outbox'), ('kernel.outbox_consumed'),
        ('kernel.outbox_deferred'), ('kernel.presences'), ('kernel.records'), ('kernel.security_audit'), ('kernel.team_paths'),
        ('kernel.transitions')
)
select
    format('%I.%I', n.nspname, c.relname) as object,
    format('the trigger standard_%s is missing, switched off or another', e.event) as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
cross join (values ('insert'), ('update'), ('delete')) as e (event)
where c.relkind in ('r', 'p')
  and not c.relispartition
  and n.nspname !~ '^pg_'
  and n.nspname not in ('information_schema', 'extensions', 'platform')
  and format('%s.%s', n.nspname, c.relname) not in (select g.name from golden as g)
  and not exists (
      select
      from pg_trigger as t
      join pg_proc as p on p.oid = t.tgfoid
      where t.tgrelid = c.oid
        and t.tgname = 'standard_' || e.event
        and t.tgenabled = 'O'
        and (t.tgtype & 1) = 0
        and p.pronamespace = 'standard'::regnamespace
        and p.proname = format('%s_%s_%s', n.nspname, c.relname, e.event)
        and convert_from(rtrim(t.tgargs, '\x00'::bytea), 'UTF8') = (
            select s.entity
            from platform.standard_tables as s
            where s.schema_name = n.nspname
              and s.table_name = c.relname))
order by 1, 2
