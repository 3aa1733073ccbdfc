-- A browser's session lives on while it is used, up to its longest; false when it has ended or acts elsewhere.
create function platform.touch_session(
    session uuid, organization uuid, at timestamptz, expires_at timestamptz, oldest timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.sessions as s
    set last_used_at = touch_session.at, expires_at = touch_session.expires_at
    where s.id = session
      and s.organization_id is not distinct from touch_session.organization
      and s.revoked_at is null
      and s.expires_at > touch_session.at
      and s.created_at > oldest;
    return found;
end
$$;
alter function platform.touch_session(uuid, uuid, timestamptz, timestamptz, timestamptz) owner to platform_definer;
revoke execute on function platform.touch_session(uuid, uuid, timestamptz, timestamptz, timestamptz) from public;
grant execute on function platform.touch_session(uuid, uuid, timestamptz, timestamptz, timestamptz) to platform_app;

-- The origins that any organization lets browsers call from. A preflight names no organization; the request itself
-- is answered by the list of its caller's organization alone.
create function platform.list_cors_origins()
returns table (origin text)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select distinct o.origin
    from kernel.settings as s
    cross join lateral jsonb_array_elements_text(s.value) as o (origin)
    where s.key = 'cors_origins'
      and s.user_id is null
      and jsonb_typeof(s.value) = 'array'
$$;
alter function platform.list_cors_origins() owner to platform_definer;
revoke execute on function platform.list_cors_origins() from public;
grant execute on function platform.list_cors_origins() to platform_app;
