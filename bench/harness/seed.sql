-- Clones the organization :template into those numbered :first to :last, with :deals opportunities each.
-- Ids are made from numbers, so that every load program can name a record: see harness/seed.py.
\set ON_ERROR_STOP on
set session_replication_role = replica;

create temp table made on commit preserve rows as
select ('0b000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, n
from generate_series(:first, :last) as n;

insert into platform.organizations (id, slug, name, country, plan_code, job_cap)
select m.id, 'bench-' || m.n, 'Bench ' || m.n, t.country, t.plan_code, t.job_cap
from made as m cross join platform.organizations as t
where t.id = :'template';

do $$
declare
    place record;
    names text;
begin
    for place in
        select c.oid, n.nspname, c.relname
        from pg_class as c
        join pg_namespace as n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition
          and n.nspname in ('kernel', 'directory', 'sales', 'billing')
          and c.relname not in ('outbox', 'outbox_consumed', 'transitions', 'idempotency_keys', 'audit_links')
          and n.nspname || '.' || c.relname not in ('kernel.audit', 'kernel.security_audit')
          and exists (
              select from pg_attribute as a
              where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)
    loop
        select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into names
        from pg_attribute as a
        where a.attrelid = place.oid and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = '' and a.attidentity = '' and a.attname <> 'organization_id';
        execute format(
            'insert into %1$I.%2$I (organization_id, %3$s) select m.id, %4$s from %1$I.%2$I as t cross join made as m
             where t.organization_id = %5$L',
            place.nspname, place.relname, names,
            't.' || replace(names, ', ', ', t.'), current_setting('bench.template'));
    end loop;
end
$$;

insert into sales.opportunities (
    organization_id, id, title, pipeline_id, stage_id, account_id, amount, amount_currency, expected_close_on, owner_id,
    created_by, updated_by)
select m.id, ('0c000000-0000-7000-8000-' || lpad(to_hex(d), 12, '0'))::uuid,
    'Deal ' || d, s.pipeline_id, s.ids[1 + d % cardinality(s.ids)], a.ids[1 + d % cardinality(a.ids)],
    (d * 7919 % 1000003) * 100, 'EUR', date '2026-01-01' + d % 700, u.id, u.id, u.id
from made as m
cross join generate_series(1, :deals) as d
cross join (
    select t.pipeline_id, array_agg(t.id order by t.position) as ids
    from sales.stages as t where t.organization_id = :'template' group by t.pipeline_id) as s
cross join (
    select array_agg(t.id order by t.id) as ids from directory.accounts as t where t.organization_id = :'template') as a
cross join (select t.id from kernel.memberships as t where t.organization_id = :'template') as u;

insert into kernel.records (organization_id, id, entity, label, owner_id, search)
select m.id, o.id, 'sales.opportunity', o.title, o.owner_id, to_tsvector('simple', o.title)
from made as m
join sales.opportunities as o on o.organization_id = m.id
where :with_records;
