-- The vendor's own people: a realm apart from the accounts of tenants, with sessions, tokens and an audit of its own.
-- Reached by definer functions alone; why so: docs/decisions/0013-the-vendors-realm.md.
create table platform.vendor_users (
    id uuid not null,
    email text not null,
    email_key text collate "C" not null generated always as (lower(btrim(email))) stored,
    name text not null,
    role text not null,
    password_hash text not null,
    -- Made by a command and shown to an operator: replaced when the second factor is set up.
    is_password_one_time boolean not null,
    -- The sealed secret of one-time passwords; nobody gets in before it is confirmed.
    totp_sealed bytea,
    totp_confirmed_at timestamptz(3),
    totp_last_step bigint not null default 0,
    created_at timestamptz(3) not null default now(),
    removed_at timestamptz(3),
    constraint vendor_users_pkey primary key (id),
    constraint vendor_users_role_check check (role in ('super_admin', 'support_agent')),
    constraint vendor_users_totp_confirmed_at_check check (totp_confirmed_at is null or totp_sealed is not null)
);
create unique index vendor_users_email_key on platform.vendor_users (email_key) where removed_at is null;

-- What lets somebody who has proved the password set up the second factor, for minutes.
create table platform.vendor_enrolments (
    digest bytea not null,
    vendor_user_id uuid not null,
    expires_at timestamptz(3) not null,
    constraint vendor_enrolments_pkey primary key (digest),
    constraint vendor_enrolments_vendor_user_id_fkey
        foreign key (vendor_user_id) references platform.vendor_users (id)
);
create index vendor_enrolments_vendor_user_id_idx on platform.vendor_enrolments (vendor_user_id);

-- Everything that the vendor's people do. It is only added to.
create table platform.vendor_audit (
    id uuid not null default kernel.new_id(),
    at timestamptz(3) not null default now(),
    event text not null,
    -- The vendor's user; null for an address that nobody has, and for commands.
    actor_id uuid,
    -- The organization or user that it is about.
    subject_id uuid,
    address inet,
    request_id text,
    detail jsonb not null default '{}',
    constraint vendor_audit_pkey primary key (id)
);
create index vendor_audit_at_idx on platform.vendor_audit (at, id);

grant select, insert, update on platform.vendor_users to platform_definer;
grant select, insert, delete on platform.vendor_enrolments to platform_definer;
grant select, insert on platform.vendor_audit to platform_definer;

create function platform.record_vendor_event(actor uuid, subject uuid, event text, detail jsonb)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    insert into platform.vendor_audit (event, actor_id, subject_id, address, request_id, detail)
    values (
        $3, $1, $2, nullif(current_setting('app.address', true), '')::inet,
        nullif(current_setting('app.request_id', true), ''), coalesce($4, '{}'))
$$;

-- False where the address is taken.
create function platform.create_vendor_user(
    vendor_user uuid, email text, name text, role text, password_hash text, is_one_time boolean, at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into platform.vendor_users (id, email, name, role, password_hash, is_password_one_time, created_at)
    values (
        vendor_user, btrim(create_vendor_user.email), create_vendor_user.name, create_vendor_user.role,
        create_vendor_user.password_hash, is_one_time, at)
    on conflict (email_key) where removed_at is null do nothing;
    if not found then
        return false;
    end if;
    perform platform.record_vendor_event(
        null, vendor_user, 'vendor.user.created', jsonb_build_object('role', create_vendor_user.role));
    return true;
end
$$;

create function platform.find_vendor_user(email text)
returns table (
    id uuid, email text, name text, role text, password_hash text, is_one_time boolean, sealed bytea,
    is_confirmed boolean, last_step bigint)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select
        u.id, u.email, u.name, u.role, u.password_hash, u.is_password_one_time, u.totp_sealed,
        u.totp_confirmed_at is not null, u.totp_last_step
    from platform.vendor_users as u
    where u.email_key = lower(btrim($1))
      and u.removed_at is null
$$;

create function platform.upgrade_vendor_password(vendor_user uuid, previous text, password_hash text)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    update platform.vendor_users as u
    set password_hash = $3
    where u.id = $1
      and u.password_hash = $2
$$;

-- Takes the code of a step, once, and none before it any more.
create function platform.use_vendor_totp_step(vendor_user uuid, step bigint)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.vendor_users as u
    set totp_last_step = step
    where u.id = vendor_user
      and u.totp_last_step < step
      and u.totp_confirmed_at is not null
      and u.removed_at is null;
    return found;
end
$$;

create function platform.add_vendor_enrolment(digest bytea, vendor_user uuid, at timestamptz, expires_at timestamptz)
returns void
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    delete from platform.vendor_enrolments as e
    where e.expires_at <= $3;
    insert into platform.vendor_enrolments (digest, vendor_user_id, expires_at)
    values ($1, $2, $4)
$$;

-- The user of an enrolment that holds; none once a second factor is on.
create function platform.find_vendor_enrolment(digest bytea, at timestamptz)
returns table (
    id uuid, email text, name text, role text, password_hash text, is_one_time boolean, sealed bytea,
    is_confirmed boolean, last_step bigint)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select f.id, f.email, f.name, f.role, f.password_hash, f.is_one_time, f.sealed, f.is_confirmed, f.last_step
    from platform.vendor_enrolments as e
    join platform.vendor_users as u on u.id = e.vendor_user_id
    cross join lateral platform.find_vendor_user(u.email) as f
    where e.digest = $1
      and e.expires_at > $2
      and u.removed_at is null
      and u.totp_confirmed_at is null
$$;

-- Keeps a secret that is yet to be confirmed, in place of one before; false where the enrolment does not hold.
create function platform.begin_vendor_totp(digest bytea, sealed bytea, at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    update platform.vendor_users as u
    set totp_sealed = begin_vendor_totp.sealed, totp_last_step = 0
    where u.id = (select f.id from platform.find_vendor_enrolment(digest, at) as f)
      and u.totp_confirmed_at is null;
    return found;
end
$$;

-- Switches the second factor on by a first code, with a password in place of a one-time one, and ends all enrolments;
-- false where the enrolment does not hold, or another secret was made meanwhile.
create function platform.confirm_vendor_totp(
    digest bytea, sealed bytea, step bigint, password_hash text, at timestamptz)
returns boolean
language plpgsql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
    person uuid := (select f.id from platform.find_vendor_enrolment(confirm_vendor_totp.digest, at) as f);
begin
    update platform.vendor_users as u
    set totp_confirmed_at = at, totp_last_step = step, is_password_one_time = false,
        password_hash = coalesce(confirm_vendor_totp.password_hash, u.password_hash)
    where u.id = person
      and u.totp_confirmed_at is null
      and u.totp_sealed = confirm_vendor_totp.sealed
      and (confirm_vendor_totp.password_hash is not null or not u.is_password_one_time);
    if not found then
        return false;
    end if;
    delete from platform.vendor_enrolments as e
    where e.vendor_user_id = person;
    perform platform.record_vendor_event(person, person, 'auth.totp.on', '{}');
    return true;
end
$$;

do $$
declare
    flow regprocedure;
begin
    foreach flow in array array[
        'platform.record_vendor_event(uuid, uuid, text, jsonb)',
        'platform.create_vendor_user(uuid, text, text, text, text, boolean, timestamptz)',
        'platform.find_vendor_user(text)', 'platform.upgrade_vendor_password(uuid, text, text)',
        'platform.use_vendor_totp_step(uuid, bigint)',
        'platform.add_vendor_enrolment(bytea, uuid, timestamptz, timestamptz)',
        'platform.find_vendor_enrolment(bytea, timestamptz)',
        'platform.begin_vendor_totp(bytea, bytea, timestamptz)',
        'platform.confirm_vendor_totp(bytea, bytea, bigint, text, timestamptz)']::regprocedure[]
    loop
        execute format('alter function %s owner to platform_definer', flow);
        execute format('grant execute on function %s to platform_app', flow);
    end loop;
end
$$;
