-- What was done to each record, and what concerns security. Nobody is granted a partition: reached directly, one
-- would show every tenant.

create table kernel.audit (
    organization_id uuid not null,
    at timestamptz(3) not null,
    id uuid not null default kernel.new_id(),
    retention text not null default 'standard',
    entity text not null,
    record_id uuid not null,
    record_version integer,
    action text not null,
    actor_kind text not null,
    actor_id uuid,
    request_id text,
    address inet,
    -- {"field": [before, after]}. Erasing a person clears it and the salt; the digest, and so the chain, stays.
    changes jsonb,
    salt bytea,
    digest bytea not null,
    constraint audit_pkey primary key (organization_id, at, id, retention),
    constraint audit_action_check check (action in ('created', 'updated', 'deleted', 'restored', 'erased')),
    constraint audit_actor_kind_check check (actor_kind in ('user', 'key', 'job', 'rule', 'vendor', 'system'))
) partition by list (retention);
create index audit_record_id_idx on kernel.audit (organization_id, entity, record_id, at);

create table kernel.audit_standard partition of kernel.audit
for values in ('standard')
partition by range (at);

-- The chain over the audit of one organization: each link covers the digests of a stretch and the link before it.
create table kernel.audit_links (
    organization_id uuid not null,
    sequence bigint not null,
    from_at timestamptz(3) not null,
    to_at timestamptz(3) not null,
    count integer not null,
    digest bytea not null,
    previous bytea,
    constraint audit_links_pkey primary key (organization_id, sequence)
);

create table kernel.security_audit (
    organization_id uuid not null,
    at timestamptz(3) not null default now(),
    id uuid not null default kernel.new_id(),
    event text not null,
    actor_kind text not null,
    actor_id uuid,
    subject_id uuid,
    address inet,
    request_id text,
    detail jsonb not null default '{}',
    constraint security_audit_pkey primary key (organization_id, at, id),
    constraint security_audit_actor_kind_check check (
        actor_kind in ('user', 'key', 'job', 'rule', 'vendor', 'system'))
) partition by range (at);
create index security_audit_event_idx on kernel.security_audit (organization_id, event, at);

select kernel.apply_tenant('kernel', 'audit', 'select');
select kernel.apply_tenant('kernel', 'audit_links', 'select');
select kernel.apply_tenant('kernel', 'security_audit', 'select, insert');
grant select, insert on kernel.audit, kernel.security_audit to platform_definer;

-- Makes the partitions of `count` months from the month of `from_month`, in every retention class, and returns how
-- many were new. Two callers at once do not collide.
create function kernel.ensure_audit_partitions(from_month date, count integer)
returns integer
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    made integer := 0;
    month date;
    parent regclass;
    partition_name text;
begin
    perform pg_advisory_xact_lock(hashtextextended('kernel.ensure_audit_partitions', 0));
    for parent in
        select c.oid::regclass
        from pg_class as c
        join pg_partitioned_table as p on p.partrelid = c.oid
        where c.relnamespace = 'kernel'::regnamespace
          and p.partstrat = 'r'
          and (c.relname = 'security_audit' or c.oid in (
              select inhrelid from pg_inherits where inhparent = 'kernel.audit'::regclass))
    loop
        for step in 0 .. least(count, 60) - 1 loop
            month := date_trunc('month', from_month) + make_interval(months => step);
            partition_name := format(
                '%s_%s', (select relname from pg_class where oid = parent), to_char(month, 'YYYY_MM'));
            if to_regclass(format('kernel.%I', partition_name)) is null then
                execute format(
                    'create table kernel.%I partition of %s for values from (%L) to (%L)',
                    partition_name, parent, month::timestamp at time zone 'UTC',
                    (month + interval '1 month') at time zone 'UTC');
                made := made + 1;
            end if;
        end loop;
    end loop;
    return made;
end
$$;
-- Its owner is the tables' owner, the one exception among the definer functions: only an owner adds partitions.
grant execute on function kernel.ensure_audit_partitions(date, integer) to platform_app;
select kernel.ensure_audit_partitions(current_date, 3);
