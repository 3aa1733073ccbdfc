create table directory.accounts (
    organization_id uuid not null,
    id uuid not null,
    name text not null,
    name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
    name_match text collate "C" generated always as (directory.name_match(name)) stored,
    legal_name text,
    legal_name_key text collate "C" generated always as (kernel.fold(legal_name)) stored,
    kind text not null default 'prospect',
    vat_number text,
    vat_number_key text collate "C" generated always as (kernel.fold(vat_number)) stored,
    vat_match text collate "C" generated always as (directory.vat_match(vat_number)) stored,
    tax_code text,
    tax_code_key text collate "C" generated always as (kernel.fold(tax_code)) stored,
    sdi_code text,
    pec text,
    domain text,
    domain_key text collate "C" generated always as (kernel.fold(domain)) stored,
    website text,
    phone text,
    phone_match text collate "C" generated always as (directory.phone_match(phone)) stored,
    email text,
    email_key text collate "C" generated always as (kernel.fold(email)) stored,
    industry text,
    industry_key text collate "C" generated always as (kernel.fold(industry)) stored,
    size text,
    territory text,
    territory_key text collate "C" generated always as (kernel.fold(territory)) stored,
    rating text,
    owner_id uuid,
    parent_id uuid,
    billing_address jsonb,
    city_match text collate "C" not null generated always as (directory.city_match(billing_address)) stored,
    shipping_address jsonb,
    source text,
    external_code text,
    external_code_key text collate "C" generated always as (kernel.fold(external_code)) stored,
    last_synced_at timestamptz(3),
    annual_revenue bigint,
    annual_revenue_currency text,
    employees bigint,
    founded_year bigint,
    active boolean not null default true,
    constraint accounts_pkey primary key (organization_id, id),
    constraint accounts_owner_id_fkey
        foreign key (organization_id, owner_id) references kernel.memberships (organization_id, id),
    constraint accounts_parent_id_fkey
        foreign key (organization_id, parent_id) references directory.accounts (organization_id, id),
    constraint accounts_kind_check check (kind in ('prospect', 'customer', 'partner', 'supplier')),
    constraint accounts_annual_revenue_check check (annual_revenue >= 0),
    constraint accounts_employees_check check (employees >= 0),
    constraint accounts_parent_id_check check (parent_id <> id)
);

select standard.add_columns('directory.accounts');

create unique index accounts_external_code_key on directory.accounts (organization_id, external_code_key)
where deleted_at is null;
create index accounts_owner_id_idx on directory.accounts (organization_id, owner_id, id);
create index accounts_parent_id_idx on directory.accounts (organization_id, parent_id, id);
create index accounts_name_idx on directory.accounts (organization_id, name collate "und-x-icu", id);
create index accounts_name_key_idx on directory.accounts (organization_id, name_key, id);
create index accounts_kind_idx on directory.accounts (organization_id, kind, id);
create index accounts_industry_key_idx on directory.accounts (organization_id, industry_key, id);
create index accounts_vat_number_key_idx on directory.accounts (organization_id, vat_number_key, id);
create index accounts_updated_at_idx on directory.accounts (organization_id, updated_at, id);
-- What duplicates are looked up by.
create index accounts_vat_match_idx on directory.accounts (organization_id, vat_match) where vat_match is not null;
create index accounts_email_key_idx on directory.accounts (organization_id, email_key) where email_key is not null;
create index accounts_phone_match_idx on directory.accounts (organization_id, phone_match)
where phone_match is not null;
create index accounts_name_match_idx on directory.accounts (organization_id, name_match, city_match);
