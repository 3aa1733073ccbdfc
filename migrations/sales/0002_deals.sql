-- Leads, opportunities and what was done about them.

create table sales.leads (
    organization_id uuid not null,
    id uuid not null,
    first_name text,
    first_name_key text collate "C" generated always as (kernel.fold(first_name)) stored,
    last_name text,
    last_name_key text collate "C" generated always as (kernel.fold(last_name)) stored,
    company text,
    company_key text collate "C" generated always as (kernel.fold(company)) stored,
    company_match text collate "C" generated always as (directory.name_match(company)) stored,
    title text,
    email text,
    email_key text collate "C" generated always as (kernel.fold(email)) stored,
    phone text,
    phone_match text collate "C" generated always as (directory.phone_match(phone)) stored,
    source text,
    source_key text collate "C" generated always as (kernel.fold(source)) stored,
    campaign text,
    industry text,
    status text not null default 'new',
    priority text not null default 'P2',
    score bigint,
    disqualified_reason text,
    notes text,
    owner_id uuid,
    converted_at timestamptz(3),
    account_id uuid,
    contact_id uuid,
    opportunity_id uuid,
    constraint leads_pkey primary key (organization_id, id),
    constraint leads_owner_id_fkey
        foreign key (organization_id, owner_id) references kernel.memberships (organization_id, id),
    constraint leads_account_id_fkey
        foreign key (organization_id, account_id) references directory.accounts (organization_id, id),
    constraint leads_contact_id_fkey
        foreign key (organization_id, contact_id) references directory.contacts (organization_id, id),
    constraint leads_status_check check (
        status in ('new', 'assigned', 'working', 'nurturing', 'converted', 'disqualified')),
    constraint leads_priority_check check (priority in ('P0', 'P1', 'P2', 'P3')),
    constraint leads_score_check check (score between 0 and 100),
    constraint leads_last_name_check check (coalesce(first_name, last_name, company, email) is not null)
);

create table sales.opportunities (
    organization_id uuid not null,
    id uuid not null,
    title text not null,
    title_key text collate "C" not null generated always as (kernel.fold(title)) stored,
    pipeline_id uuid not null,
    stage_id uuid not null,
    stage_since timestamptz(3) not null default now(),
    account_id uuid,
    contact_id uuid,
    lead_id uuid,
    product_id uuid,
    amount bigint,
    amount_currency text,
    probability bigint,
    expected_close_on date,
    engaged_on date,
    closed_at timestamptz(3),
    lost_reason text,
    priority text not null default 'P2',
    next_step text,
    next_step_key text collate "C" generated always as (kernel.fold(next_step)) stored,
    external_code text,
    external_code_key text collate "C" generated always as (kernel.fold(external_code)) stored,
    owner_id uuid,
    constraint opportunities_pkey primary key (organization_id, id),
    constraint opportunities_pipeline_id_fkey
        foreign key (organization_id, pipeline_id) references sales.pipelines (organization_id, id),
    constraint opportunities_stage_id_fkey
        foreign key (organization_id, pipeline_id, stage_id)
        references sales.stages (organization_id, pipeline_id, id),
    constraint opportunities_account_id_fkey
        foreign key (organization_id, account_id) references directory.accounts (organization_id, id),
    constraint opportunities_contact_id_fkey
        foreign key (organization_id, contact_id) references directory.contacts (organization_id, id),
    constraint opportunities_lead_id_fkey
        foreign key (organization_id, lead_id) references sales.leads (organization_id, id),
    constraint opportunities_product_id_fkey
        foreign key (organization_id, product_id) references sales.products (organization_id, id),
    constraint opportunities_owner_id_fkey
        foreign key (organization_id, owner_id) references kernel.memberships (organization_id, id),
    constraint opportunities_amount_check check (amount >= 0),
    constraint opportunities_probability_check check (probability between 0 and 10000),
    constraint opportunities_priority_check check (priority in ('P0', 'P1', 'P2', 'P3'))
);

alter table sales.leads
add constraint leads_opportunity_id_fkey
    foreign key (organization_id, opportunity_id) references sales.opportunities (organization_id, id);

create table sales.activities (
    organization_id uuid not null,
    id uuid not null,
    kind text not null default 'task',
    subject text not null,
    subject_key text collate "C" not null generated always as (kernel.fold(subject)) stored,
    notes text,
    outcome text,
    duration bigint,
    due_at timestamptz(3),
    completed_at timestamptz(3),
    account_id uuid,
    contact_id uuid,
    lead_id uuid,
    opportunity_id uuid,
    owner_id uuid,
    constraint activities_pkey primary key (organization_id, id),
    constraint activities_account_id_fkey
        foreign key (organization_id, account_id) references directory.accounts (organization_id, id),
    constraint activities_contact_id_fkey
        foreign key (organization_id, contact_id) references directory.contacts (organization_id, id),
    constraint activities_lead_id_fkey
        foreign key (organization_id, lead_id) references sales.leads (organization_id, id),
    constraint activities_opportunity_id_fkey
        foreign key (organization_id, opportunity_id) references sales.opportunities (organization_id, id),
    constraint activities_owner_id_fkey
        foreign key (organization_id, owner_id) references kernel.memberships (organization_id, id),
    constraint activities_kind_check check (kind in ('call', 'email', 'meeting', 'task', 'note', 'visit')),
    constraint activities_duration_check check (duration >= 0)
);

select standard.add_columns('sales.leads');
select standard.add_columns('sales.opportunities');
select standard.add_columns('sales.activities');

create index leads_owner_id_idx on sales.leads (organization_id, owner_id, id);
create index leads_status_idx on sales.leads (organization_id, status, id);
create index leads_source_key_idx on sales.leads (organization_id, source_key, id);
create index leads_last_name_key_idx on sales.leads (organization_id, last_name_key, id);
create index leads_company_match_idx on sales.leads (organization_id, company_match) where company_match is not null;
create index leads_email_key_idx on sales.leads (organization_id, email_key, id);
create index leads_phone_match_idx on sales.leads (organization_id, phone_match) where phone_match is not null;
create index leads_account_id_idx on sales.leads (organization_id, account_id, id);
create index leads_contact_id_idx on sales.leads (organization_id, contact_id, id);
create index leads_opportunity_id_idx on sales.leads (organization_id, opportunity_id, id);

create unique index opportunities_external_code_key on sales.opportunities (organization_id, external_code_key)
where deleted_at is null;
create index opportunities_owner_id_idx on sales.opportunities (organization_id, owner_id, id);
create index opportunities_title_key_idx on sales.opportunities (organization_id, title_key, id);
create index opportunities_title_idx on sales.opportunities (organization_id, title collate "und-x-icu", id);
create index opportunities_pipeline_id_idx on sales.opportunities (organization_id, pipeline_id, id);
create index opportunities_stage_id_idx on sales.opportunities (organization_id, stage_id, id);
create index opportunities_account_id_idx on sales.opportunities (organization_id, account_id, id);
create index opportunities_contact_id_idx on sales.opportunities (organization_id, contact_id, id);
create index opportunities_lead_id_idx on sales.opportunities (organization_id, lead_id, id);
create index opportunities_product_id_idx on sales.opportunities (organization_id, product_id, id);
create index opportunities_amount_idx on sales.opportunities (organization_id, amount, id);
create index opportunities_expected_close_on_idx on sales.opportunities (organization_id, expected_close_on, id);
create index opportunities_closed_at_idx on sales.opportunities (organization_id, closed_at, id);
create index opportunities_updated_at_idx on sales.opportunities (organization_id, updated_at, id);

create index activities_owner_id_idx on sales.activities (organization_id, owner_id, id);
create index activities_due_at_idx on sales.activities (organization_id, due_at, id);
create index activities_completed_at_idx on sales.activities (organization_id, completed_at, id);
create index activities_account_id_idx on sales.activities (organization_id, account_id, id);
create index activities_contact_id_idx on sales.activities (organization_id, contact_id, id);
create index activities_lead_id_idx on sales.activities (organization_id, lead_id, id);
create index activities_opportunity_id_idx on sales.activities (organization_id, opportunity_id, id);
