-- as: superuser
-- Roles of the cluster, extensions and schemas. The one file that needs a superuser; all others run as
-- platform_owner.
do $$
begin
    -- Roles are the cluster's: two of its databases being migrated at the same moment take turns here.
    lock table pg_catalog.pg_authid in share row exclusive mode;
    if not exists (select from pg_roles where rolname = 'platform_owner') then
        create role platform_owner nologin bypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'platform_definer') then
        create role platform_definer nologin bypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'platform_app') then
        create role platform_app login nobypassrls;
    end if;
    if not exists (select from pg_roles where rolname = 'platform_vendor') then
        create role platform_vendor login nobypassrls;
    end if;
    -- The owner hands its definer functions over to platform_definer, and is granted nothing else through this.
    if not pg_has_role('platform_owner', 'platform_definer', 'member') then
        grant platform_definer to platform_owner;
    end if;
end
$$;

do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to platform_app, platform_vendor', current_database());
    execute format('grant connect, create, temporary on database %I to platform_owner', current_database());
end
$$;

revoke all on schema public from public;

create schema if not exists extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists btree_gin with schema extensions;
create extension if not exists pg_trgm with schema extensions;
grant usage on schema extensions to platform_owner, platform_definer, platform_app, platform_vendor;

create schema if not exists platform authorization platform_owner;
create schema if not exists kernel authorization platform_owner;
-- The generated triggers of the standard part. No role but their owner enters it.
create schema if not exists standard authorization platform_owner;
grant usage on schema platform, kernel to platform_app, platform_vendor;
-- A definer function's new owner must be allowed to create in the function's schema.
grant usage, create on schema platform, kernel, standard to platform_definer;

alter default privileges for role platform_owner revoke execute on functions from public;
alter default privileges for role platform_definer revoke execute on functions from public;

-- The extension's own function is only `stable`, since a dictionary could be edited; ours is not. Immutable, it can
-- stand in generated columns and be inlined.
create or replace function kernel.unaccented(dictionary regdictionary, value text)
returns text
language c immutable strict parallel safe
as '$libdir/unaccent', 'unaccent_dict';
alter function kernel.unaccented(regdictionary, text) owner to platform_owner;
revoke all on function kernel.unaccented(regdictionary, text) from public;
grant execute on function kernel.unaccented(regdictionary, text) to platform_definer, platform_app, platform_vendor;

create table platform.schema_migrations (
    name text not null,
    checksum text not null,
    applied_at timestamptz(3) not null default now(),
    milliseconds bigint not null,
    constraint schema_migrations_pkey primary key (name)
);
alter table platform.schema_migrations owner to platform_owner;
