-- The installation's tables are those listed here, and no role that serves requests is granted any of them.
--
-- They hold secrets of all organizations and have no policy: only definer functions reach them (rule 0014).
with golden (name) as (
    values
        ('audit_drops'), ('job_workers'), ('jobs'), ('organizations'), ('outbox_cursors'), ('plans'),
        ('recovery_codes'), ('refresh_tokens'), ('request_counts'), ('role_offers'), ('scheduled_runs'),
        ('schema_migrations'), ('sessions'), ('sign_in_attempts'), ('signing_keys'), ('standard_tables'),
        ('totp_secrets'), ('user_tokens'), ('users'), ('vendor_audit'), ('vendor_enrolments'), ('vendor_refresh_tokens'),
        ('vendor_sessions'), ('vendor_users')
)
select
    format('%I.%I', n.nspname, c.relname) as object,
    case
        when not exists (select from golden as g where g.name = c.relname) then 'not on the list of platform tables'
        else 'granted to a role that serves requests'
    end as detail
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname = 'platform'
  and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  and (
      (c.relkind <> 'S' and not exists (select from golden as g where g.name = c.relname))
      or exists (
          select
          from aclexplode(c.relacl) as a
          where a.grantee in (
                0, 'platform_app'::regrole, 'platform_vendor'::regrole, 'platform_portal'::regrole)))
order by 1
