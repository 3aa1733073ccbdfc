-- What the plugins suggest for an organization's built-in roles is offered once: a later version's suggestions are
-- added to the roles of organizations that are there already, and what was taken away is never brought back.

create table platform.role_offers (
    organization_id uuid not null,
    -- `<role> <permission>`, and `<role> !<entity>.<field>` for a hidden field.
    offered text[] not null,
    -- Of all that was suggested when it was last looked at.
    digest text not null,
    constraint role_offers_pkey primary key (organization_id),
    constraint role_offers_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id) on delete cascade
);
grant select, insert, update on platform.role_offers to platform_definer;
grant select, insert on kernel.role_grants, kernel.role_fields to platform_definer;

-- What an organization was founded with.
create function platform.record_role_offers(organization uuid, offered text[], digest text)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    insert into platform.role_offers as f (organization_id, offered, digest)
    values ($1, $2, $3)
    on conflict on constraint role_offers_pkey do update
    set offered = excluded.offered, digest = excluded.digest
$$;

-- For an organization from before this table: whatever some role of it holds was offered to all of them.
create function platform.presumed_role_offers(organization uuid)
returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(r.key || ' ' || h.held), '{}')
    from kernel.roles as r
    cross join (
        select g.permission as held
        from kernel.role_grants as g
        where g.organization_id = $1
        union
        select '!' || f.entity || '.' || f.field
        from kernel.role_fields as f
        where f.organization_id = $1
    ) as h
    where r.organization_id = $1
      and r.key is not null
$$;

-- Adds to up to 100 organizations what they were never offered, and returns how many of them were looked at.
-- `items` are grants with their scope; a scope `hidden` makes an item `!<entity>.<field>` a hidden field.
create function platform.offer_grants(role_keys text[], items text[], scopes text[], digest text)
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    organization uuid;
    known text[];
    seen integer := 0;
begin
    perform pg_advisory_xact_lock(hashtextextended('platform.offer_grants', 0));
    for organization, known in
        select o.id, coalesce(f.offered, platform.presumed_role_offers(o.id))
        from platform.organizations as o
        left join platform.role_offers as f on f.organization_id = o.id
        where f.digest is distinct from offer_grants.digest
        order by o.id
        limit 100
    loop
        seen := seen + 1;
        insert into kernel.role_grants as g (organization_id, role_id, permission, scope)
        select organization, r.id, s.item, s.scope
        from unnest(role_keys, items, scopes) as s (role_key, item, scope)
        join kernel.roles as r on r.organization_id = organization and r.key = s.role_key
        where s.scope <> 'hidden'
          and s.role_key || ' ' || s.item <> all (known)
        on conflict on constraint role_grants_permission_key do nothing;
        insert into kernel.role_fields as g (organization_id, role_id, entity, field, access)
        select organization, r.id, substring(s.item from '^!(.*)\.[^.]*$'), substring(s.item from '[^.]*$'), 'hidden'
        from unnest(role_keys, items, scopes) as s (role_key, item, scope)
        join kernel.roles as r on r.organization_id = organization and r.key = s.role_key
        where s.scope = 'hidden'
          and s.role_key || ' ' || s.item <> all (known)
        on conflict on constraint role_fields_field_key do nothing;
        perform platform.record_role_offers(
            organization,
            array(
                select unnest(known)
                union
                select s.role_key || ' ' || s.item
                from unnest(role_keys, items) as s (role_key, item)),
            offer_grants.digest);
    end loop;
    return seen;
end
$$;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.record_role_offers(uuid, text[], text)', 'platform.presumed_role_offers(uuid)',
        'platform.offer_grants(text[], text[], text[], text)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
revoke execute on function platform.presumed_role_offers(uuid) from platform_app;
