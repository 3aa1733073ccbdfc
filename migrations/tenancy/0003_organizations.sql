-- Organizations: made, described and renamed; who must stay in them; what their plan lets them switch on.
grant insert on platform.organizations to platform_definer;

create function platform.is_slug_taken(slug text)
returns boolean
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select exists (select from platform.organizations as o where o.slug = $1)
$$;

-- Makes an organization and returns its slug: the wanted one, or null when that is taken. Where it was made up from
-- the name (`may_vary`), the next free one of name, name-2 … name-9 and name with six random letters.
create function platform.create_organization(
    organization uuid, wanted text, may_vary boolean, name text, country text, at timestamptz)
returns text
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    candidate text := wanted;
begin
    for try in 2 .. 20 loop
        insert into platform.organizations as o (id, slug, name, country, created_at)
        values (organization, candidate, create_organization.name, create_organization.country, at)
        on conflict on constraint organizations_slug_key do nothing;
        if found then
            return candidate;
        end if;
        exit when not may_vary;
        candidate := left(wanted, 50) || '-'
            || case when try < 10 then try::text else left(md5(gen_random_uuid()::text), 6) end;
    end loop;
    return null;
end
$$;

-- The transaction's organization.
create function platform.describe_organization()
returns table (id uuid, slug text, name text, country text, plan_code text, created_at timestamptz)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select o.id, o.slug, o.name, o.country, o.plan_code, o.created_at
    from platform.organizations as o
    where o.id = current_setting('app.organization_id')::uuid
$$;

create function platform.update_organization(name text, country text)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    update platform.organizations as o
    set name = $1, country = $2
    where o.id = current_setting('app.organization_id')::uuid
$$;

-- Whether the plan of the transaction's organization has the plugin. Every plan has every plugin until Billing
-- replaces this function.
create function platform.is_plugin_in_plan(plugin text)
returns boolean
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select true
$$;

-- A security event of a person who acts in no organization (yet): told to each that the person belongs to.
-- Always leaves the same trace of time: whether an address is known can't be measured by it.
create function platform.record_person_event(person uuid, event text, detail jsonb)
returns void
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into kernel.security_audit (
        organization_id, event, actor_kind, subject_id, address, request_id, detail)
    select
        m.organization_id, record_person_event.event, 'user', person,
        nullif(current_setting('app.address', true), '')::inet, current_setting('app.request_id', true),
        record_person_event.detail
    from kernel.memberships as m
    where m.id = person
      and m.status = 'active';
    if not found then
        perform pg_logical_emit_message(true, 'platform', '');
    end if;
end
$$;

-- An organization is never left without somebody who may do everything. The lock makes two at once stand in line.
create function platform.keep_last_admin()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (
        select
        from kernel.roles as r
        where r.organization_id = old.organization_id
          and r.id = old.role_id
          and r.key = 'org_admin'
    ) then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('admins:' || old.organization_id::text, 0));
    if not exists (
        select
        from kernel.memberships as m
        where m.organization_id = old.organization_id
          and m.role_id = old.role_id
          and m.status = 'active'
    ) then
        raise exception 'the last administrator stays' using hint = 'last_admin', constraint = 'memberships_last_admin';
    end if;
    return null;
end
$$;
alter function platform.keep_last_admin() owner to platform_definer;

create trigger keep_last_admin
after update of status, role_id on kernel.memberships
for each row
when (old.status = 'active' and (new.status <> 'active' or new.role_id <> old.role_id))
execute function platform.keep_last_admin();

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.is_slug_taken(text)',
        'platform.create_organization(uuid, text, boolean, text, text, timestamptz)',
        'platform.describe_organization()', 'platform.update_organization(text, text)',
        'platform.is_plugin_in_plan(text)',
        'platform.record_person_event(uuid, text, jsonb)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
