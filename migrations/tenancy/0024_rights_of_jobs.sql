-- What background work may do in somebody's name: a member's rights as requests read them, or those of the key that
-- asked for it.

-- A member's rights in the transaction's organization. Who enqueued work had what it takes: the address counts as
-- verified.
create or replace function kernel.load_member(member uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_set(
        platform.load_rights($1, current_setting('app.organization_id')::uuid), '{user,email_verified}', 'true')
$$;
alter function kernel.load_member(uuid) owner to platform_definer;

-- A key with the rights of its member and its own limits. `state` is live, revoked, expired, or ended where the member
-- is no longer active.
create function platform.judge_key(kept kernel.api_keys, at timestamptz)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(h.rights, '{}') || jsonb_build_object(
        'key', jsonb_build_object(
            'id', kept.id, 'member_id', kept.member_id,
            'expires_at', floor(extract(epoch from kept.expires_at) * 1000)::bigint,
            'state', case
                when kept.deleted_at is not null then 'revoked'
                when kept.expires_at <= $2 then 'expired'
                when h.rights is null then 'ended'
                else 'live'
            end,
            'cap', case
                when kept.role_id is null and kept.permissions is null then null
                when kept.role_id is null then kept.permissions
                else coalesce((
                    select jsonb_object_agg(g.permission, g.scope)
                    from kernel.role_grants as g
                    join kernel.roles as r on r.organization_id = g.organization_id and r.id = g.role_id
                    where g.organization_id = kept.organization_id
                      and g.role_id = kept.role_id
                      and r.deleted_at is null), '{}')
            end,
            'fields', coalesce((
                select jsonb_agg(jsonb_build_object('entity', f.entity, 'field', f.field, 'access', f.access))
                from kernel.role_fields as f
                where f.organization_id = kept.organization_id
                  and f.role_id = kept.role_id), '[]')))
    from platform.load_rights(kept.member_id, kept.organization_id) as h (rights)
$$;
alter function platform.judge_key(kernel.api_keys, timestamptz) owner to platform_definer;

-- By what the caller showed; null where there is no such key.
create or replace function platform.load_key(organization uuid, digest bytea, at timestamptz)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select platform.judge_key(k, $3)
    from kernel.api_keys as k
    where k.organization_id = $1
      and k.secret_digest = $2
$$;

-- One of the transaction's organization, for work that it asked for; null where there is no such key.
create function platform.load_key_by_id(key uuid, at timestamptz)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select platform.judge_key(k, $2)
    from kernel.api_keys as k
    where k.organization_id = current_setting('app.organization_id')::uuid
      and k.id = $1
$$;
alter function platform.load_key_by_id(uuid, timestamptz) owner to platform_definer;
grant execute on function platform.load_key_by_id(uuid, timestamptz) to platform_app;
