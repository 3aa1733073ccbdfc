-- People, organizations and their sessions: tables of the installation, reached by definer functions only.

create table platform.organizations (
    id uuid not null,
    slug text not null,
    name text not null,
    status text not null default 'active',
    suspended_reason text,
    country text,
    plan_code text not null default 'free',
    grants_version bigint not null default 1,
    -- How many of its jobs run at once, by plan.
    job_cap integer not null default 20,
    created_at timestamptz(3) not null default now(),
    constraint organizations_pkey primary key (id),
    constraint organizations_slug_check check (slug = lower(slug) and slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    constraint organizations_slug_key unique (slug),
    constraint organizations_status_check check (status in ('active', 'suspended')),
    constraint organizations_job_cap_check check (job_cap > 0)
);

create table platform.users (
    id uuid not null,
    email text not null,
    email_key text collate "C" not null generated always as (lower(btrim(email))) stored,
    name text not null,
    password_hash text,
    locale text,
    time_zone text,
    theme text,
    email_verified_at timestamptz(3),
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    constraint users_pkey primary key (id),
    constraint users_email_key unique (email_key)
);

create table platform.sessions (
    id uuid not null,
    user_id uuid not null,
    organization_id uuid,
    created_at timestamptz(3) not null default now(),
    last_used_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    revoked_at timestamptz(3),
    revoked_reason text,
    user_agent text,
    address inet,
    constraint sessions_pkey primary key (id),
    constraint sessions_user_id_fkey foreign key (user_id) references platform.users (id) on delete cascade,
    constraint sessions_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id) on delete cascade
);
create index sessions_user_id_idx on platform.sessions (user_id, created_at);
create index sessions_organization_id_idx on platform.sessions (organization_id);

create table platform.refresh_tokens (
    digest bytea not null,
    session_id uuid not null,
    issued_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    used_at timestamptz(3),
    constraint refresh_tokens_pkey primary key (digest),
    constraint refresh_tokens_session_id_fkey
        foreign key (session_id) references platform.sessions (id) on delete cascade
);
create index refresh_tokens_session_id_idx on platform.refresh_tokens (session_id);

create table platform.user_tokens (
    digest bytea not null,
    kind text not null,
    user_id uuid not null,
    created_at timestamptz(3) not null default now(),
    expires_at timestamptz(3) not null,
    used_at timestamptz(3),
    constraint user_tokens_pkey primary key (digest),
    constraint user_tokens_kind_check check (kind in ('verify', 'reset')),
    constraint user_tokens_user_id_fkey foreign key (user_id) references platform.users (id) on delete cascade
);
create index user_tokens_user_id_idx on platform.user_tokens (user_id, kind);

-- The keys that sign access tokens, their private part encrypted outside the database.
create table platform.signing_keys (
    id text not null,
    secret bytea not null,
    created_at timestamptz(3) not null default now(),
    retired_at timestamptz(3),
    constraint signing_keys_pkey primary key (id)
);

-- One row for each run of a schedule that some process has taken: once per cluster.
create table platform.scheduled_runs (
    schedule text not null,
    due timestamptz(3) not null,
    constraint scheduled_runs_pkey primary key (schedule, due)
);

create function platform.take_scheduled_run(schedule text, due timestamptz)
returns boolean
language sql volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
    with taken as (
        insert into platform.scheduled_runs (schedule, due)
        values ($1, $2)
        on conflict do nothing
        returning 1
    )
    select exists (select from taken)
$$;
alter function platform.take_scheduled_run(text, timestamptz) owner to platform_definer;
grant execute on function platform.take_scheduled_run(text, timestamptz) to platform_app;
grant select, insert, delete on platform.scheduled_runs to platform_definer;
grant select, update on platform.organizations to platform_definer;
grant select on platform.users, platform.sessions to platform_definer;
