-- The logo, up to 90 KB of text, is for whoever asks for it: rights are loaded far more often.

create or replace function platform.load_rights(person uuid, organization uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'user', jsonb_build_object(
            'id', u.id, 'email', u.email, 'name', u.name, 'locale', u.locale, 'time_zone', u.time_zone,
            'theme', u.theme, 'email_verified', u.email_verified_at is not null,
            'two_factor', exists (
                select
                from platform.totp_secrets as f
                where f.user_id = u.id
                  and f.confirmed_at is not null)),
        'organization', jsonb_build_object(
            'id', o.id, 'slug', o.slug, 'name', o.name, 'status', o.status, 'plan_code', o.plan_code,
            'grants_version', o.grants_version, 'row_estimate', platform.row_estimate(o.id)),
        'membership', jsonb_build_object(
            'status', m.status, 'role_id', m.role_id, 'role_key', r.key, 'role_name', r.name, 'locale', m.locale,
            'time_zone', m.time_zone),
        'grants', coalesce((
            select jsonb_agg(jsonb_build_object('permission', g.permission, 'scope', g.scope) order by g.permission)
            from kernel.role_grants as g
            where g.organization_id = o.id
              and g.role_id = m.role_id), '[]'),
        'fields', coalesce((
            select jsonb_agg(
                jsonb_build_object('entity', f.entity, 'field', f.field, 'access', f.access)
                order by f.entity, f.field)
            from kernel.role_fields as f
            where f.organization_id = o.id
              and f.role_id = m.role_id), '[]'),
        'teams', coalesce((
            select jsonb_agg(t.team_id order by t.team_id)
            from kernel.team_members as t
            join kernel.teams as g on g.organization_id = t.organization_id and g.id = t.team_id
            where t.organization_id = o.id
              and t.member_id = m.id
              and g.deleted_at is null), '[]'),
        'plugins', coalesce((
            select jsonb_agg(p.plugin order by p.plugin)
            from kernel.installed_plugins as p
            where p.organization_id = o.id
              and p.is_on), '[]'),
        'settings', coalesce((
            select jsonb_object_agg(v.key, v.value)
            from kernel.settings as v
            where v.organization_id = o.id
              and v.user_id is null
              and v.key <> 'logo'), '{}'))
    from platform.users as u
    join platform.organizations as o on o.id = $2
    join kernel.memberships as m on m.organization_id = o.id and m.id = u.id
    join kernel.roles as r on r.organization_id = o.id and r.id = m.role_id
    where u.id = $1
      and m.status = 'active'
$$;
