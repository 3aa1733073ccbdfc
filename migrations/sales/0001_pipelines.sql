-- What is sold, and the ways that deals go.

create schema sales;
grant usage on schema sales to platform_app, platform_vendor;

create table sales.products (
    organization_id uuid not null,
    id uuid not null,
    name text not null,
    name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
    sku text,
    sku_key text collate "C" generated always as (kernel.fold(sku)) stored,
    series text,
    series_key text collate "C" generated always as (kernel.fold(series)) stored,
    price bigint,
    price_currency text,
    vat_rate bigint,
    unit text,
    active boolean not null default true,
    constraint products_pkey primary key (organization_id, id),
    constraint products_price_check check (price >= 0),
    constraint products_vat_rate_check check (vat_rate between 0 and 10000)
);

create table sales.pipelines (
    organization_id uuid not null,
    id uuid not null,
    name text not null,
    name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
    is_default boolean not null default false,
    currency text not null,
    constraint pipelines_pkey primary key (organization_id, id)
);

create table sales.stages (
    organization_id uuid not null,
    id uuid not null,
    pipeline_id uuid not null,
    name text not null,
    name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
    code text,
    code_key text collate "C" generated always as (kernel.fold(code)) stored,
    position bigint not null,
    win_probability bigint not null,
    kind text not null default 'open',
    rotting_days bigint,
    constraint stages_pkey primary key (organization_id, id),
    -- What an opportunity's stage and pipeline refer to together.
    constraint stages_pipeline_id_key unique (organization_id, pipeline_id, id),
    constraint stages_pipeline_id_fkey
        foreign key (organization_id, pipeline_id) references sales.pipelines (organization_id, id),
    constraint stages_kind_check check (kind in ('open', 'won', 'lost')),
    constraint stages_win_probability_check check (win_probability between 0 and 10000),
    constraint stages_rotting_days_check check (rotting_days > 0)
);

select standard.add_columns('sales.products');
select standard.add_columns('sales.pipelines');
select standard.add_columns('sales.stages');

create unique index products_name_key on sales.products (organization_id, name_key) where deleted_at is null;
create unique index products_sku_key on sales.products (organization_id, sku_key) where deleted_at is null;
create index products_series_key_idx on sales.products (organization_id, series_key, id);
create unique index pipelines_name_key on sales.pipelines (organization_id, name_key) where deleted_at is null;
create unique index pipelines_is_default_key on sales.pipelines (organization_id, is_default)
where is_default and deleted_at is null;
create unique index stages_name_key on sales.stages (organization_id, pipeline_id, name_key) where deleted_at is null;
create unique index stages_code_key on sales.stages (organization_id, pipeline_id, code_key) where deleted_at is null;
create index stages_position_idx on sales.stages (organization_id, pipeline_id, position, id);

-- Another default takes the place of the one before, in the same statement. The lock makes two at once stand in line.
create function sales.replace_default_pipeline()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('sales.default_pipeline:' || new.organization_id::text, 0));
    update sales.pipelines as p
    set is_default = false
    where p.organization_id = new.organization_id
      and p.is_default
      and p.deleted_at is null
      and p.id <> new.id;
    return new;
end
$$;

create trigger replace_default_on_insert
before insert on sales.pipelines
for each row
when (new.is_default and new.deleted_at is null)
execute function sales.replace_default_pipeline();

create trigger replace_default_on_update
before update of is_default, deleted_at on sales.pipelines
for each row
when (new.is_default and new.deleted_at is null and (not old.is_default or old.deleted_at is not null))
execute function sales.replace_default_pipeline();
