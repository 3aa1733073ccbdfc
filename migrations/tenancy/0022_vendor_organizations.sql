-- What the vendor sees of organizations, and what it may do to them. Each function asks for a live session of the
-- vendor's by itself: the application's role alone learns nothing by them.
alter table platform.organizations add column suspended_at timestamptz(3);

-- Names, plans and counts; no name of a person, no content of a record.
create function platform.vendor_organizations(
    session uuid, words text, status text, plan text, sort text, is_descending boolean, after_key text,
    after_id uuid, wanted integer)
returns table (
    id uuid, key text, slug text, name text, country text, plan_code text, status text, suspended_reason text,
    suspended_at timestamptz, created_at timestamptz, members bigint)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        o.id, k.key, o.slug, o.name, o.country, o.plan_code, o.status, o.suspended_reason, o.suspended_at,
        o.created_at,
        (select count(*) from kernel.memberships as m where m.organization_id = o.id and m.status = 'active')
    from platform.organizations as o
    cross join lateral (
        select (case $5
            when 'slug' then o.slug
            when 'name' then lower(o.name)
            else to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS')
        end) collate "C" as key) as k
    where exists (select from platform.load_vendor($1))
      and ($2 is null or strpos(lower(o.name), lower($2)) > 0 or strpos(o.slug, lower($2)) > 0)
      and ($3 is null or o.status = $3)
      and ($4 is null or o.plan_code = $4)
      and ($8 is null or case
          when $6 then (k.key, o.id) < ($7 collate "C", $8)
          else (k.key, o.id) > ($7 collate "C", $8)
      end)
    order by
        case when $6 then k.key end desc, case when $6 then o.id end desc,
        case when not $6 then k.key end, case when not $6 then o.id end
    limit $9
$$;

create function platform.count_vendor_organizations(session uuid, words text, status text, plan text)
returns bigint
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select count(*)
    from platform.organizations as o
    where exists (select from platform.load_vendor($1))
      and ($2 is null or strpos(lower(o.name), lower($2)) > 0 or strpos(o.slug, lower($2)) > 0)
      and ($3 is null or o.status = $3)
      and ($4 is null or o.plan_code = $4)
$$;

grant select on kernel.imports, kernel.api_key_uses to platform_definer;

-- One organization with what it uses, in numbers.
create function platform.vendor_organization(session uuid, organization uuid)
returns table (
    id uuid, slug text, name text, country text, plan_code text, status text, suspended_reason text,
    suspended_at timestamptz, created_at timestamptz, usage jsonb)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        o.id, o.slug, o.name, o.country, o.plan_code, o.status, o.suspended_reason, o.suspended_at, o.created_at,
        jsonb_build_object(
        'members', (
            select count(*)
            from kernel.memberships as m
            where m.organization_id = o.id
              and m.status = 'active'),
        'records', (
            select coalesce(jsonb_object_agg(c.entity, c.count order by c.entity), '{}')
            from (
                select r.entity, count(*) as count
                from kernel.records as r
                where r.organization_id = o.id
                  and r.deleted_at is null
                group by r.entity) as c),
        'import_bytes', (
            select coalesce(sum(i.file_size), 0)
            from kernel.imports as i
            where i.organization_id = o.id
              and i.file_removed_at is null),
        'dead_jobs', (
            select count(*)
            from platform.jobs as j
            where j.organization_id = o.id
              and j.state = 'discarded'),
        'last_active_at', (
            select floor(extract(epoch from max(a.at)) * 1000)::bigint
            from (
                select max(s.last_used_at) as at
                from platform.sessions as s
                where s.organization_id = o.id
                union all
                select max(u.last_used_at)
                from kernel.api_key_uses as u
                where u.organization_id = o.id) as a))
    from platform.organizations as o
    where o.id = $2
      and exists (select from platform.load_vendor($1))
$$;

-- Suspends an organization, or reactivates it where `reason` is null, in both audits. `unknown` where there is no such
-- organization, `unchanged` where it is so already, `forbidden` to all but a super admin.
create function platform.set_organization_suspension(session uuid, organization uuid, reason text, at timestamptz)
returns text
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    actor uuid := (select v.id from platform.load_vendor(session) as v where v.role = 'super_admin');
    wanted text := case when reason is null then 'active' else 'suspended' end;
    present text;
    event text := case when reason is null then 'organization.reactivated' else 'organization.suspended' end;
    detail jsonb := case when reason is null then '{}'::jsonb else jsonb_build_object('reason', reason) end;
begin
    if actor is null then
        return 'forbidden';
    end if;
    select o.status into present
    from platform.organizations as o
    where o.id = organization
    for update;
    if not found then
        return 'unknown';
    end if;
    if present = wanted then
        return 'unchanged';
    end if;
    -- The trigger on the status tells every process.
    update platform.organizations as o
    set status = wanted, suspended_reason = reason, suspended_at = case when reason is not null then at end
    where o.id = organization;
    insert into kernel.security_audit (
        organization_id, event, actor_kind, actor_id, subject_id, address, request_id, detail)
    values (
        organization, event, 'vendor', actor, organization,
        nullif(current_setting('app.address', true), '')::inet, current_setting('app.request_id', true),
        detail);
    perform platform.record_vendor_event(actor, organization, 'vendor.' || event, detail);
    return wanted;
end
$$;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.vendor_organizations(uuid, text, text, text, text, boolean, text, uuid, integer)',
        'platform.count_vendor_organizations(uuid, text, text, text)',
        'platform.vendor_organization(uuid, uuid)',
        'platform.set_organization_suspension(uuid, uuid, text, timestamptz)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
