-- Who belongs to an organization and what they may do there.

create table kernel.roles (
    organization_id uuid not null,
    id uuid not null,
    key text,
    name text not null,
    name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
    description text,
    constraint roles_pkey primary key (organization_id, id),
    constraint roles_organization_id_fkey foreign key (organization_id) references platform.organizations (id),
    constraint roles_key_key unique (organization_id, key)
);

create table kernel.role_grants (
    organization_id uuid not null,
    id uuid not null default kernel.new_id(),
    role_id uuid not null,
    permission text not null,
    scope text not null default 'all',
    constraint role_grants_pkey primary key (organization_id, id),
    constraint role_grants_role_id_fkey
        foreign key (organization_id, role_id) references kernel.roles (organization_id, id) on delete cascade,
    constraint role_grants_permission_key unique (organization_id, role_id, permission),
    constraint role_grants_scope_check check (scope in ('own', 'team', 'all'))
);

create table kernel.role_fields (
    organization_id uuid not null,
    id uuid not null default kernel.new_id(),
    role_id uuid not null,
    entity text not null,
    field text not null,
    access text not null,
    constraint role_fields_pkey primary key (organization_id, id),
    constraint role_fields_role_id_fkey
        foreign key (organization_id, role_id) references kernel.roles (organization_id, id) on delete cascade,
    constraint role_fields_field_key unique (organization_id, role_id, entity, field),
    constraint role_fields_access_check check (access in ('hidden', 'readonly'))
);

-- The id is the user's. A membership is ended, never deleted: references to people point here.
create table kernel.memberships (
    organization_id uuid not null,
    id uuid not null,
    name text not null,
    name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
    email text not null,
    email_key text collate "C" not null generated always as (lower(btrim(email))) stored,
    status text not null default 'active',
    role_id uuid not null,
    locale text,
    time_zone text,
    joined_at timestamptz(3) not null default now(),
    ended_at timestamptz(3),
    constraint memberships_pkey primary key (organization_id, id),
    constraint memberships_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id),
    constraint memberships_id_fkey foreign key (id) references platform.users (id),
    constraint memberships_role_id_fkey
        foreign key (organization_id, role_id) references kernel.roles (organization_id, id),
    constraint memberships_status_check check (status in ('active', 'suspended', 'removed'))
);
create index memberships_role_id_idx on kernel.memberships (organization_id, role_id);
create index memberships_name_key_idx on kernel.memberships (organization_id, name_key, id);
create index memberships_email_key_idx on kernel.memberships (organization_id, email_key);

create table kernel.invitations (
    organization_id uuid not null,
    id uuid not null,
    email text not null,
    email_key text collate "C" not null generated always as (lower(btrim(email))) stored,
    role_id uuid not null,
    team_ids uuid[] not null default '{}',
    token_digest bytea not null,
    expires_at timestamptz(3) not null,
    accepted_at timestamptz(3),
    revoked_at timestamptz(3),
    invited_by uuid,
    constraint invitations_pkey primary key (organization_id, id),
    constraint invitations_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id),
    constraint invitations_role_id_fkey
        foreign key (organization_id, role_id) references kernel.roles (organization_id, id),
    constraint invitations_invited_by_fkey
        foreign key (organization_id, invited_by) references kernel.memberships (organization_id, id),
    constraint invitations_token_digest_key unique (organization_id, token_digest)
);
create index invitations_email_key_idx on kernel.invitations (organization_id, email_key);

-- A null user is the organization's own value.
create table kernel.settings (
    organization_id uuid not null,
    id uuid not null default kernel.new_id(),
    key text not null,
    user_id uuid,
    value jsonb not null,
    constraint settings_pkey primary key (organization_id, id),
    constraint settings_organization_id_fkey foreign key (organization_id) references platform.organizations (id),
    constraint settings_user_id_fkey
        foreign key (organization_id, user_id) references kernel.memberships (organization_id, id),
    constraint settings_key_key unique nulls not distinct (organization_id, key, user_id)
);

create table kernel.installed_plugins (
    organization_id uuid not null,
    id uuid not null default kernel.new_id(),
    plugin text not null,
    is_on boolean not null default true,
    constraint installed_plugins_pkey primary key (organization_id, id),
    constraint installed_plugins_organization_id_fkey
        foreign key (organization_id) references platform.organizations (id),
    constraint installed_plugins_plugin_key unique (organization_id, plugin)
);

select standard.add_columns('kernel.roles');
select standard.add_columns('kernel.memberships');
select standard.add_columns('kernel.invitations');
select kernel.apply_tenant('kernel', 'roles');
select kernel.apply_tenant('kernel', 'role_grants');
select kernel.apply_tenant('kernel', 'role_fields');
select kernel.apply_tenant('kernel', 'memberships');
select kernel.apply_tenant('kernel', 'invitations');
select kernel.apply_tenant('kernel', 'settings');
select kernel.apply_tenant('kernel', 'installed_plugins');
