-- The chain over the audit: each link covers a stretch of an organization's rows and the link before it, so that no row
-- can be changed, added or taken away behind it without breaking what follows.

-- Months whose partitions were dropped when their time was over: what their links cover can't be looked at any more.
create table platform.audit_drops (
    partition text not null,
    until timestamptz(3) not null,
    dropped_at timestamptz(3) not null default now(),
    constraint audit_drops_pkey primary key (partition)
);
grant select, insert on kernel.audit_links to platform_definer;

-- What a link says of one row. The address is left out, as it is erased with a person's data; the row's own digest
-- stands for its changes, and stays when they are erased.
create function kernel.audit_row_digest(
    id uuid, at timestamptz, entity text, record_id uuid, record_version integer, action text, actor_kind text,
    actor_id uuid, request_id text, digest bytea)
returns bytea
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select sha256(
        convert_to(
            jsonb_build_array(
                $1, extract(epoch from $2), $3, $4, $5, $6, $7, $8, $9)::text,
            'UTF8') || $10)
$$;

create function kernel.audit_link_digest(
    organization uuid, sequence bigint, from_at timestamptz, to_at timestamptz, count integer, previous bytea,
    rows bytea)
returns bytea
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
    select sha256(
        convert_to(
            jsonb_build_array(
                $1, $2, extract(epoch from $3), extract(epoch from $4), $5)::text,
            'UTF8') || coalesce($6, ''::bytea) || $7)
$$;
grant execute on function kernel.audit_row_digest(
    uuid, timestamptz, text, uuid, integer, text, text, uuid, text, bytea) to platform_definer;
grant execute on function kernel.audit_link_digest(
    uuid, bigint, timestamptz, timestamptz, integer, bytea, bytea) to platform_definer;

-- The moment before which no row can appear any more, as far as its caller sees: a row bears the start of its
-- transaction, so none is older than the oldest of the caller's role that is open. While a transaction of another role
-- writes, whose start is not told, nothing is settled: null. Ten seconds are left for one that has just begun.
create function kernel.audit_settled_until()
returns timestamptz
language sql volatile
set search_path = pg_catalog, pg_temp
as $$
    select least(
        clock_timestamp() - interval '10 seconds',
        (select min(a.xact_start) - interval '1 millisecond'
         from pg_stat_activity as a
         where a.datname = current_database() and a.usename = current_user and a.pid <> pg_backend_pid()))
    where not exists (
        select
        from pg_locks as l
        join pg_stat_activity as a on a.pid = l.pid
        where l.locktype = 'transactionid'
          and l.mode = 'ExclusiveLock'
          and a.datname = current_database()
          and a.usename is distinct from current_user)
$$;
revoke execute on function kernel.audit_settled_until() from public;
grant execute on function kernel.audit_settled_until() to platform_app;

-- Adds one link to each organization that has settled rows behind its last one, `size` rows at most in each and never
-- over the end of a month, whose partition goes as a whole. Returns how many were added, 0 also while another does it.
create function platform.chain_audit(settled_until timestamptz, size integer default 1000)
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    settled timestamptz := least(settled_until, clock_timestamp() - interval '10 seconds');
    added integer;
begin
    if settled_until is null or not pg_try_advisory_xact_lock(hashtextextended('platform.chain_audit', 0)) then
        return 0;
    end if;
    with pending as (
        select o.id as organization_id, l.sequence, l.to_at, l.digest, f.at as first_at
        from platform.organizations as o
        left join lateral (
            select k.sequence, k.to_at, k.digest
            from kernel.audit_links as k
            where k.organization_id = o.id
            order by k.sequence desc
            limit 1) as l on true
        join lateral (
            select a.at
            from kernel.audit as a
            where a.organization_id = o.id
              and a.at > coalesce(l.to_at, '-infinity'::timestamptz)
              and a.at <= settled
            order by a.at
            limit 1) as f on true
    ),
    -- Rows of one moment stay together: the stretch ends with the moment of its last row.
    stretches as (
        select p.organization_id, p.sequence, p.to_at, p.digest, p.first_at, e.at as last_at
        from pending as p
        cross join lateral (
            select max(s.at) as at
            from (
                select a.at
                from kernel.audit as a
                where a.organization_id = p.organization_id
                  and a.at >= p.first_at
                  and a.at <= settled
                  and a.at < (date_trunc('month', p.first_at at time zone 'UTC') + interval '1 month')
                      at time zone 'UTC'
                order by a.at
                limit size) as s) as e
    ),
    covered as (
        select s.organization_id, coalesce(s.sequence, 0) + 1 as sequence, s.first_at, s.last_at, s.digest as previous,
            r.count, r.rows
        from stretches as s
        cross join lateral (
            select count(*)::integer as count,
                string_agg(
                    kernel.audit_row_digest(
                        a.id, a.at, a.entity, a.record_id, a.record_version, a.action, a.actor_kind, a.actor_id,
                        a.request_id, a.digest),
                    ''::bytea order by a.at, a.id) as rows
            from kernel.audit as a
            where a.organization_id = s.organization_id
              and a.at >= s.first_at
              and a.at <= s.last_at) as r
    )
    insert into kernel.audit_links (organization_id, sequence, from_at, to_at, count, digest, previous)
    select c.organization_id, c.sequence, c.first_at, c.last_at, c.count,
        kernel.audit_link_digest(
            c.organization_id, c.sequence, c.first_at, c.last_at, c.count, c.previous, c.rows),
        c.previous
    from covered as c;
    get diagnostics added = row_count;
    return added;
end
$$;
alter function platform.chain_audit(timestamptz, integer) owner to platform_definer;
revoke execute on function platform.chain_audit(timestamptz, integer) from public;
grant execute on function platform.chain_audit(timestamptz, integer) to platform_app;

-- The first fault of an organization's chain: which link, its stretch and what is wrong; no row where it holds. For the
-- owner: it reads rows of any organization.
create function kernel.audit_fault(organization uuid)
returns table (sequence bigint, from_at timestamptz, to_at timestamptz, reason text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    link record;
    stretch record;
    previous bytea;
    expected bigint := 1;
    last_to timestamptz := '-infinity';
    dropped timestamptz := coalesce((select max(d.until) from platform.audit_drops as d), '-infinity'::timestamptz);
begin
    for link in
        select l.sequence, l.from_at, l.to_at, l.count, l.digest, l.previous
        from kernel.audit_links as l
        where l.organization_id = audit_fault.organization
        order by l.sequence
    loop
        sequence := link.sequence;
        from_at := link.from_at;
        to_at := link.to_at;
        reason := null;
        if link.sequence <> expected or link.previous is distinct from previous or link.from_at <= last_to then
            reason := 'link';
        elsif link.to_at >= dropped then
            select
                count(*)::integer as count,
                string_agg(
                    kernel.audit_row_digest(
                        a.id, a.at, a.entity, a.record_id, a.record_version, a.action, a.actor_kind, a.actor_id,
                        a.request_id, a.digest),
                    ''::bytea order by a.at, a.id) as rows,
                -- Between two links nothing may stand either.
                count(*) filter (
                    where a.salt is not null
                      and a.digest <> sha256(a.salt || convert_to(a.changes::text, 'UTF8'))) as changed,
                count(*) filter (where a.at < link.from_at) as between_links
            into stretch
            from kernel.audit as a
            where a.organization_id = audit_fault.organization
              and a.at > greatest(last_to, dropped - interval '1 millisecond')
              and a.at <= link.to_at;
            reason := case
                when stretch.count <> link.count then 'count'
                when stretch.changed > 0 then 'changes'
                when stretch.between_links > 0
                    or link.digest is distinct from kernel.audit_link_digest(
                        audit_fault.organization, link.sequence, link.from_at, link.to_at, link.count, link.previous,
                        stretch.rows)
                    then 'rows'
            end;
        end if;
        if reason is not null then
            return next;
            return;
        end if;
        previous := link.digest;
        expected := link.sequence + 1;
        last_to := link.to_at;
    end loop;
end
$$;
revoke execute on function kernel.audit_fault(uuid) from public;

-- Drops whole months of the audits that ended before `before`, once every organization's chain covers them: its links
-- stay. Returns the names of what was dropped.
create function platform.drop_audit_months(before date)
returns setof text
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    place record;
    month_end timestamptz;
begin
    for place in
        select c.oid, c.relname, p.relname as parent
        from pg_class as c
        join pg_inherits as i on i.inhrelid = c.oid
        join pg_class as p on p.oid = i.inhparent
        where c.relnamespace = 'kernel'::regnamespace
          and c.relkind = 'r'
          and (p.relname = 'security_audit' or p.oid in (
              select h.inhrelid from pg_inherits as h where h.inhparent = 'kernel.audit'::regclass))
          and c.relname ~ '_[0-9]{4}_[0-9]{2}$'
        order by c.relname
    loop
        month_end := (to_date(right(place.relname, 7), 'YYYY_MM') + interval '1 month')::timestamp at time zone 'UTC';
        continue when month_end > (before::timestamp at time zone 'UTC');
        if place.parent <> 'security_audit' then
            continue when exists (
                select
                from kernel.audit as a
                where a.at < month_end
                  and a.at > coalesce(
                      (select max(l.to_at) from kernel.audit_links as l where l.organization_id = a.organization_id),
                      '-infinity'::timestamptz));
            insert into platform.audit_drops (partition, until) values (place.relname, month_end)
            on conflict do nothing;
        end if;
        execute format('drop table kernel.%I', place.relname);
        return next place.relname;
    end loop;
end
$$;
-- As with their making, only the tables' owner drops partitions.
revoke execute on function platform.drop_audit_months(date) from public;
grant execute on function platform.drop_audit_months(date) to platform_app;
