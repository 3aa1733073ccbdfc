-- Principals beside those of a session in its organization.

-- A session's user, where the session acts in no organization.
create function platform.load_session_user(session uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'user', jsonb_build_object(
            'id', u.id, 'email', u.email, 'name', u.name, 'locale', u.locale, 'time_zone', u.time_zone,
            'theme', u.theme, 'email_verified', u.email_verified_at is not null))
    from platform.sessions as s
    join platform.users as u on u.id = s.user_id
    where s.id = $1
      and s.revoked_at is null
      and s.expires_at > now()
$$;
alter function platform.load_session_user(uuid) owner to platform_definer;
revoke execute on function platform.load_session_user(uuid) from public;
grant execute on function platform.load_session_user(uuid) to platform_app;

-- A member's rights in the transaction's organization, for work on the member's behalf. Runs as its caller: the
-- policy holds.
create function kernel.load_member(member uuid)
returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'user', jsonb_build_object('id', m.id, 'email', m.email, 'name', m.name, 'email_verified', true),
        'membership', jsonb_build_object(
            'status', m.status, 'role_id', m.role_id, 'role_key', r.key, 'role_name', r.name, 'locale', m.locale),
        'grants', coalesce((
            select jsonb_agg(jsonb_build_object('permission', g.permission, 'scope', g.scope))
            from kernel.role_grants as g
            where g.organization_id = m.organization_id
              and g.role_id = m.role_id), '[]'),
        'fields', coalesce((
            select jsonb_agg(jsonb_build_object('entity', f.entity, 'field', f.field, 'access', f.access))
            from kernel.role_fields as f
            where f.organization_id = m.organization_id
              and f.role_id = m.role_id), '[]'),
        'plugins', coalesce((
            select jsonb_agg(p.plugin)
            from kernel.installed_plugins as p
            where p.organization_id = m.organization_id
              and p.is_on), '[]'),
        'settings', coalesce((
            select jsonb_object_agg(v.key, v.value)
            from kernel.settings as v
            where v.organization_id = m.organization_id
              and v.user_id is null), '{}'))
    from kernel.memberships as m
    join kernel.roles as r on r.organization_id = m.organization_id and r.id = m.role_id
    where m.organization_id = current_setting('app.organization_id')::uuid
      and m.id = $1
      and m.status = 'active'
$$;
revoke execute on function kernel.load_member(uuid) from public;
grant execute on function kernel.load_member(uuid) to platform_app;
