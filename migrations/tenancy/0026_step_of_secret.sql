-- As before, but the step is that of one secret: where another was begun meanwhile, its code confirms nothing. Servers
-- of before don't say which.
drop function platform.use_totp_step(uuid, bigint, boolean, timestamptz);
create function platform.use_totp_step(
    person uuid, step bigint, may_confirm boolean, at timestamptz, sealed bytea default null)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.totp_secrets as t
    set last_step = step, confirmed_at = coalesce(t.confirmed_at, at)
    where t.user_id = person
      and t.last_step < step
      and (t.confirmed_at is null) = may_confirm
      and (use_totp_step.sealed is null or t.sealed = use_totp_step.sealed);
    if found and may_confirm then
        perform platform.announce_second_factor(person);
        return true;
    end if;
    return found;
end
$$;
alter function platform.use_totp_step(uuid, bigint, boolean, timestamptz, bytea) owner to platform_definer;
revoke execute on function platform.use_totp_step(uuid, bigint, boolean, timestamptz, bytea) from public;
grant execute on function platform.use_totp_step(uuid, bigint, boolean, timestamptz, bytea) to platform_app;
