-- Keys by which programs act as a member, with the member's rights or fewer. Deleting one revokes it.
create table kernel.api_keys (
    organization_id uuid not null,
    id uuid not null,
    name text not null,
    member_id uuid not null,
    -- The beginning of the key, by which people tell it; the rest is known by its SHA-256 alone.
    prefix text not null,
    secret_digest bytea not null,
    -- What the key may do at most: a role's rights as they stand, or {"permission": "scope"}; both null is all that the
    -- member may do.
    role_id uuid,
    permissions jsonb,
    expires_at timestamptz(3),
    constraint api_keys_pkey primary key (organization_id, id),
    constraint api_keys_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id),
    constraint api_keys_member_id_fkey
        foreign key (organization_id, member_id) references kernel.memberships (organization_id, id),
    constraint api_keys_role_id_fkey
        foreign key (organization_id, role_id) references kernel.roles (organization_id, id)
);
create index api_keys_secret_digest_idx on kernel.api_keys (organization_id, secret_digest);
create index api_keys_member_id_idx on kernel.api_keys (organization_id, member_id, id);

-- When a key was last used and last refused, to the minute: a log of its own, so that no use is a change of the key.
create table kernel.api_key_uses (
    organization_id uuid not null,
    id uuid not null,
    last_used_at timestamptz(3),
    address inet,
    refused_at timestamptz(3),
    constraint api_key_uses_pkey primary key (organization_id, id),
    constraint api_key_uses_id_fkey
        foreign key (organization_id, id) references kernel.api_keys (organization_id, id)
);

select standard.add_columns('kernel.api_keys');
select kernel.apply_tenant('kernel', 'api_keys');
select kernel.apply_tenant('kernel', 'api_key_uses');
grant select on kernel.api_keys to platform_definer;

-- In the transaction of the change, as with memberships and roles.
create trigger announce_update
after update on kernel.api_keys
referencing new table as changed_rows
for each statement
execute function kernel.announce_grants();
create trigger announce_delete
after delete on kernel.api_keys
referencing old table as changed_rows
for each statement
execute function kernel.announce_grants();

-- A key with the rights of its member and its own limits; null where there is no such key. `state` is live, revoked,
-- expired, or ended where the member or the organization is no longer active.
create function platform.load_key(organization uuid, digest bytea, at timestamptz)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(h.rights, '{}') || jsonb_build_object(
        'key', jsonb_build_object(
            'id', k.id, 'member_id', k.member_id,
            'expires_at', floor(extract(epoch from k.expires_at) * 1000)::bigint,
            'state', case
                when k.deleted_at is not null then 'revoked'
                when k.expires_at <= $3 then 'expired'
                when h.rights is null then 'ended'
                else 'live'
            end,
            'cap', case
                when k.role_id is null and k.permissions is null then null
                when k.role_id is null then k.permissions
                else coalesce((
                    select jsonb_object_agg(g.permission, g.scope)
                    from kernel.role_grants as g
                    join kernel.roles as r on r.organization_id = g.organization_id and r.id = g.role_id
                    where g.organization_id = $1
                      and g.role_id = k.role_id
                      and r.deleted_at is null), '{}')
            end,
            'fields', coalesce((
                select jsonb_agg(jsonb_build_object('entity', f.entity, 'field', f.field, 'access', f.access))
                from kernel.role_fields as f
                where f.organization_id = $1
                  and f.role_id = k.role_id), '[]')))
    from kernel.api_keys as k
    cross join lateral (select platform.load_rights(k.member_id, $1) as rights) as h
    where k.organization_id = $1
      and k.secret_digest = $2
$$;
alter function platform.load_key(uuid, bytea, timestamptz) owner to platform_definer;
grant execute on function platform.load_key(uuid, bytea, timestamptz) to platform_app;
