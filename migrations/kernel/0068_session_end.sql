-- As before, but no session outlives its longest: `oldest` is the moment that one which ends at `at` was opened at.
create or replace function platform.touch_session(
    session uuid, organization uuid, at timestamptz, expires_at timestamptz, oldest timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.sessions as s
    set last_used_at = touch_session.at,
        expires_at = least(touch_session.expires_at, s.created_at + (touch_session.at - oldest))
    where s.id = session
      and s.organization_id is not distinct from touch_session.organization
      and s.revoked_at is null
      and s.expires_at > touch_session.at
      and s.created_at > oldest;
    return found;
end
$$;
