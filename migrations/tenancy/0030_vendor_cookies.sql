-- A browser's session of the vendor's realm lives on while it is used, up to its longest: `oldest` is the moment that
-- one was opened at which ends at `at`. False when it has ended.
create function platform.touch_vendor_session(
    session uuid, at timestamptz, expires_at timestamptz, oldest timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.vendor_sessions as s
    set last_used_at = touch_vendor_session.at,
        expires_at = least(
            touch_vendor_session.expires_at, s.created_at + (touch_vendor_session.at - touch_vendor_session.oldest))
    where s.id = session
      and s.revoked_at is null
      and s.expires_at > touch_vendor_session.at
      and s.created_at > touch_vendor_session.oldest;
    return found;
end
$$;
alter function platform.touch_vendor_session(uuid, timestamptz, timestamptz, timestamptz) owner to platform_definer;
revoke execute on function platform.touch_vendor_session(uuid, timestamptz, timestamptz, timestamptz) from public;
grant execute on function platform.touch_vendor_session(uuid, timestamptz, timestamptz, timestamptz) to platform_app;
