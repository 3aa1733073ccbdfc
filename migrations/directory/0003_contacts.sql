create table directory.contacts (
    organization_id uuid not null,
    id uuid not null,
    account_id uuid,
    first_name text,
    first_name_key text collate "C" generated always as (kernel.fold(first_name)) stored,
    last_name text,
    last_name_key text collate "C" generated always as (kernel.fold(last_name)) stored,
    title text,
    email text,
    email_key text collate "C" generated always as (kernel.fold(email)) stored,
    phone text,
    phone_match text collate "C" generated always as (directory.phone_match(phone)) stored,
    language text,
    time_zone text,
    owner_id uuid,
    birthday date,
    notes text,
    has_portal_access boolean not null default false,
    active boolean not null default true,
    constraint contacts_pkey primary key (organization_id, id),
    constraint contacts_account_id_fkey
        foreign key (organization_id, account_id) references directory.accounts (organization_id, id),
    constraint contacts_owner_id_fkey
        foreign key (organization_id, owner_id) references kernel.memberships (organization_id, id),
    constraint contacts_last_name_check check (coalesce(first_name, last_name, email) is not null)
);

select standard.add_columns('directory.contacts');

create index contacts_account_id_idx on directory.contacts (organization_id, account_id, id);
create index contacts_owner_id_idx on directory.contacts (organization_id, owner_id, id);
create index contacts_last_name_idx on directory.contacts (organization_id, last_name collate "und-x-icu", id);
create index contacts_last_name_key_idx on directory.contacts (organization_id, last_name_key, id);
create index contacts_email_key_idx on directory.contacts (organization_id, email_key, id);
create index contacts_updated_at_idx on directory.contacts (organization_id, updated_at, id);
create index contacts_phone_match_idx on directory.contacts (organization_id, phone_match)
where phone_match is not null;
