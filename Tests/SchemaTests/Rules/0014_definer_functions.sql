-- Definer functions are those listed here, belong to platform_definer, and look in pg_catalog alone.
--
-- Such a function sees past row security; a search path of the caller's choice would let the caller lend it other
-- tables. Generated ones (schema `standard`) are those of the tables that the standard part was applied to.
with golden (name) as (
    values
        ('kernel.announce_grants'), ('kernel.ensure_audit_partitions'), ('kernel.keep_team_paths'),
        ('kernel.load_member'), ('kernel.prune_idempotency_keys'), ('kernel.search'), ('platform.add_user_token'),
        ('platform.add_vendor_enrolment'), ('platform.advance_outbox'), ('platform.announce_person'),
        ('platform.announce_worker'), ('platform.begin_totp'), ('platform.begin_vendor_totp'),
        ('platform.cancel_job'), ('platform.chain_audit'), ('platform.choose_organization'),
        ('platform.claim_jobs'), ('platform.complete_job'), ('platform.complete_jobs'),
        ('platform.confirm_vendor_totp'),
        ('platform.count_vendor_organizations'), ('platform.create_account'),
        ('platform.create_organization'), ('platform.create_vendor_user'), ('platform.describe_organization'),
        ('platform.describe_plan'), ('platform.discard_job'), ('platform.dismiss_worker'),
        ('platform.drop_audit_months'), ('platform.end_totp'), ('platform.end_vendor_session'),
        ('platform.enqueue_everywhere'), ('platform.enqueue_in_zone'), ('platform.enqueue_job'),
        ('platform.find_account'), ('platform.find_organization'), ('platform.find_refresh_token'),
        ('platform.find_token_holder'), ('platform.find_vendor_enrolment'), ('platform.find_vendor_user'),
        ('platform.follow_outbox'), ('platform.forget_attempts'), ('platform.heartbeat_jobs'),
        ('platform.hold_job'), ('platform.is_known_place'),
        ('platform.is_plugin_in_plan'), ('platform.is_slug_taken'), ('platform.is_suspended'),
        ('platform.job_states'), ('platform.judge_user_token'), ('platform.keep_last_admin'),
        ('platform.keep_role_rights'), ('platform.list_cors_origins'), ('platform.list_jobs'),
        ('platform.list_memberships'), ('platform.list_sessions'), ('platform.list_signing_keys'),
        ('platform.load_key'), ('platform.load_key_by_id'), ('platform.load_person'), ('platform.load_principal'),
        ('platform.load_rights'), ('platform.load_session_user'), ('platform.load_vendor'),
        ('platform.offer_grants'), ('platform.offer_signing_key'), ('platform.open_session'),
        ('platform.open_vendor_session'), ('platform.organization_zones'), ('platform.outbox_waits_since'),
        ('platform.prune_jobs'), ('platform.prune_outbox'), ('platform.prune_request_counts'),
        ('platform.prune_runs'), ('platform.prune_sign_in'), ('platform.read_account'), ('platform.read_job'),
        ('platform.read_outbox'), ('platform.read_totp'), ('platform.readiness'),
        ('platform.record_job_progress'), ('platform.record_person_event'), ('platform.record_role_offers'),
        ('platform.record_vendor_event'), ('platform.replay_job'), ('platform.request_limits'),
        ('platform.rescue_jobs'), ('platform.reset_password'), ('platform.reset_vendor_user'),
        ('platform.retry_job'), ('platform.revoke_sessions'), ('platform.rotate_refresh_token'),
        ('platform.rotate_signing_key'), ('platform.rotate_vendor_token'), ('platform.row_estimate'),
        ('platform.set_organization_suspension'), ('platform.set_password'), ('platform.sign_in_failed'),
        ('platform.sign_in_passed'), ('platform.sign_in_wait'), ('platform.snooze_job'),
        ('platform.stop_job'), ('platform.switch_session'), ('platform.take_requests'),
        ('platform.take_scheduled_run'), ('platform.touch_session'), ('platform.touch_vendor_session'),
        ('platform.update_account'),
        ('platform.update_organization'), ('platform.upgrade_password'), ('platform.upgrade_vendor_password'),
        ('platform.use_recovery_code'), ('platform.use_totp_step'), ('platform.use_vendor_totp_step'),
        ('platform.vendor_events'), ('platform.vendor_organization'), ('platform.vendor_organizations'), ('platform.verify_email')
),
-- Only the owner of a table adds and drops its partitions.
owned_otherwise (name, owner) as (
    values
        ('kernel.ensure_audit_partitions', 'platform_owner'),
        ('platform.drop_audit_months', 'platform_owner')
),
generated (name) as (
    select standard.function_name(s.schema_name, s.table_name, e.event)
    from platform.standard_tables as s
    cross join (values ('insert'), ('update'), ('delete')) as e (event)
),
definers as (
    select
        format('%I.%I', n.nspname, p.proname) as name,
        p.proowner::regrole::text as owner,
        p.proconfig,
        p.proacl,
        p.oid
    from pg_proc as p
    join pg_namespace as n on n.oid = p.pronamespace
    where p.prosecdef
      and n.nspname !~ '^pg_'
      and n.nspname <> 'information_schema'
)
select
    d.oid::regprocedure::text as object,
    case
        when d.name not in (select g.name from golden as g union all select g.name from generated as g)
            then 'not on the list of definer functions'
        when d.owner <> coalesce((select o.owner from owned_otherwise as o where o.name = d.name), 'platform_definer')
            then format('belongs to %s', d.owner)
        else 'its search_path is not pinned'
    end as detail
from definers as d
where d.name not in (select g.name from golden as g union all select g.name from generated as g)
   or d.owner <> coalesce((select o.owner from owned_otherwise as o where o.name = d.name), 'platform_definer')
   or not coalesce(d.proconfig @> array['search_path=pg_catalog, pg_temp'], false)
order by 1
