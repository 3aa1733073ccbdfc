-- The audit of the vendor's realm for its super admins, the newest first: page by page, by names where there are some.
create function platform.vendor_events(
    session uuid, event text, actor uuid, subject uuid, since timestamptz, until timestamptz, after_at timestamptz,
    after_id uuid, wanted integer)
returns table (
    id uuid, at timestamptz, event text, actor_id uuid, actor_name text, subject_id uuid, subject_name text,
    address text, request_id text, detail jsonb)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        a.id, a.at, a.event, a.actor_id, v.name, a.subject_id, coalesce(o.name, s.name), host(a.address), a.request_id,
        a.detail
    from platform.vendor_audit as a
    left join platform.vendor_users as v on v.id = a.actor_id
    left join platform.vendor_users as s on s.id = a.subject_id
    left join platform.organizations as o on o.id = a.subject_id
    where exists (select from platform.load_vendor($1) as c where c.role = 'super_admin')
      and ($2 is null or a.event = $2)
      and ($3 is null or a.actor_id = $3)
      and ($4 is null or a.subject_id = $4)
      and a.at >= coalesce($5, '-infinity'::timestamptz)
      and a.at < coalesce($6, 'infinity'::timestamptz)
      and (a.at, a.id) < (
          coalesce($7, 'infinity'::timestamptz), coalesce($8, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
    order by a.at desc, a.id desc
    limit $9
$$;
alter function platform.vendor_events(
    uuid, text, uuid, uuid, timestamptz, timestamptz, timestamptz, uuid, integer) owner to platform_definer;
grant execute on function platform.vendor_events(
    uuid, text, uuid, uuid, timestamptz, timestamptz, timestamptz, uuid, integer) to platform_app;
