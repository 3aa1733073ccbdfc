-- Plans: what an organization may switch on. `*` among the plugins stands for all that are compiled in.

create table platform.plans (
    code text not null,
    name text not null,
    position integer not null,
    features jsonb not null default '{}',
    limits jsonb not null default '{}',
    created_at timestamptz(3) not null default now(),
    constraint plans_pkey primary key (code),
    constraint plans_code_check check (code ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint plans_features_check check (jsonb_typeof(features -> 'plugins') = 'array')
);
grant select on platform.plans to platform_definer;

insert into platform.plans (code, name, position, features, limits)
values
    ('free', 'Free', 1, '{"plugins": ["*"]}', '{}'),
    ('trial', 'Trial', 2, '{"plugins": ["*"]}', '{}');

-- The plan of the transaction's organization; one that is not listed any more gives no row.
create function platform.describe_plan()
returns table (code text, name text, features jsonb, limits jsonb)
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select p.code, p.name, p.features, p.limits
    from platform.organizations as o
    join platform.plans as p on p.code = o.plan_code
    where o.id = current_setting('app.organization_id')::uuid
$$;
alter function platform.describe_plan() owner to platform_definer;
grant execute on function platform.describe_plan() to platform_app;

-- Whether the plan of the transaction's organization has the plugin: takes the place of Tenancy's answer, yes to all.
create or replace function platform.is_plugin_in_plan(plugin text)
returns boolean
language sql stable
security definer
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(bool_or(p.features -> 'plugins' ?| array['*', $1]), false)
    from platform.describe_plan() as p
$$;
