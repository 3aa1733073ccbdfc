-- How many requests each caller has been allowed in the present window, over all processes. What a crash loses is a
-- minute's count: the table is not logged.
create unlogged table platform.request_counts (
    subject text collate "C" not null,
    window_start timestamptz(3) not null,
    used integer not null,
    constraint request_counts_pkey primary key (subject, window_start),
    constraint request_counts_used_check check (used >= 0)
);
grant select, insert, update, delete on platform.request_counts to platform_definer;

-- What the organization's plan says instead of the installation's numbers; Billing gives its own answer.
create function platform.request_limits(organization uuid)
returns jsonb
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select null::jsonb
$$;
alter function platform.request_limits(uuid) owner to platform_definer;
revoke execute on function platform.request_limits(uuid) from public;
grant execute on function platform.request_limits(uuid) to platform_app;

-- Takes up to `wanted` requests of a subject's allowance, so that a process need not ask for each. `limit_name` is
-- the plan's word for the number that stands in for `standard`.
create function platform.take_requests(
    subject text, window_start timestamptz, wanted integer, standard integer, organization uuid, limit_name text)
returns table (granted integer, ceiling integer, used integer)
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    plan jsonb := platform.request_limits(organization) -> limit_name;
    most integer := standard;
    before integer;
begin
    if jsonb_typeof(plan) = 'number' then
        most := least(greatest((plan)::numeric, 1), 1000000000)::integer;
    end if;
    insert into platform.request_counts as c (subject, window_start, used)
    values (take_requests.subject, take_requests.window_start, 0)
    on conflict do nothing;
    select c.used into before
    from platform.request_counts as c
    where c.subject = take_requests.subject
      and c.window_start = take_requests.window_start
    for update;
    granted := greatest(0, least(wanted, most - before));
    ceiling := most;
    used := before + granted;
    if granted > 0 then
        update platform.request_counts as c
        set used = take_requests.used
        where c.subject = take_requests.subject
          and c.window_start = take_requests.window_start;
    end if;
    return next;
end
$$;
alter function platform.take_requests(text, timestamptz, integer, integer, uuid, text) owner to platform_definer;
revoke execute on function platform.take_requests(text, timestamptz, integer, integer, uuid, text) from public;
grant execute on function platform.take_requests(text, timestamptz, integer, integer, uuid, text) to platform_app;

create function platform.prune_request_counts(before timestamptz)
returns integer
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    removed integer;
begin
    delete from platform.request_counts as c
    where c.window_start < prune_request_counts.before;
    get diagnostics removed = row_count;
    return removed;
end
$$;
alter function platform.prune_request_counts(timestamptz) owner to platform_definer;
revoke execute on function platform.prune_request_counts(timestamptz) from public;
grant execute on function platform.prune_request_counts(timestamptz) to platform_app;
