-- What every other file stands on: folded keys, the actor of a transaction, and the tenant's part of a table.

-- Lower case, without accents and outer spaces: the value of every `<name>_key` column (declared `collate "C"`).
-- The ICU collation makes it independent of the cluster's locale.
create function kernel.fold(value text)
returns text
language sql immutable parallel safe
as $$
    select btrim(lower(kernel.unaccented('extensions.unaccent'::regdictionary, value) collate "und-x-icu"))
$$;

-- Who acts in this transaction; null when it is no person, key or rule with an id.
create function kernel.actor_id()
returns uuid
language sql stable parallel safe
as $$
    select nullif(current_setting('app.actor_id', true), '')::uuid
$$;

-- A UUID of version 7 (RFC 9562): random ones as keys would scatter every insert over the whole index.
create function kernel.new_id()
returns uuid
language sql volatile parallel safe
as $$
    select encode(
        set_bit(set_bit(
            overlay(
                uuid_send(gen_random_uuid())
                placing substring(int8send(floor(date_part('epoch', clock_timestamp()) * 1000)::bigint) from 3)
                from 1 for 6),
            52, 1), 53, 1),
        'hex')::uuid
$$;

grant execute on function kernel.fold(text), kernel.actor_id(), kernel.new_id()
to platform_definer, platform_app, platform_vendor;

-- Row security with the one policy, bare: an unset tenant raises, and the planner sees the tenant's size.
create function kernel.apply_tenant(
    schema_name text, table_name text, privileges text default 'select, insert, update, delete')
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    target regclass := format('%I.%I', schema_name, table_name)::regclass;
    rule text := '(organization_id = (current_setting(''app.organization_id''::text))::uuid)';
begin
    if not (select relrowsecurity and relforcerowsecurity from pg_class where oid = target) then
        execute format('alter table %s enable row level security', target);
        execute format('alter table %s force row level security', target);
    end if;
    if not exists (
        select
        from pg_policies
        where schemaname = schema_name
          and tablename = table_name
          and policyname = 'tenant'
          and permissive = 'PERMISSIVE'
          and roles = '{public}'
          and cmd = 'ALL'
          and qual = rule
          and with_check = rule
    ) then
        if exists (select from pg_policy where polrelid = target and polname = 'tenant') then
            execute format('drop policy tenant on %s', target);
        end if;
        execute format('create policy tenant on %s using %s with check %s', target, rule, rule);
    end if;
    execute format('grant %s on %s to platform_app', privileges, target);
end
$$;

-- The columns that every entity's table has, those that it lacks.
create function standard.add_columns(target regclass)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    wanted record;
begin
    for wanted in
        select w.name, w.definition
        from (
            values
                (1, 'id', 'uuid not null'),
                (2, 'version', 'integer not null default 1'),
                (3, 'created_at', 'timestamptz(3) not null default now()'),
                (4, 'created_by', 'uuid default kernel.actor_id()'),
                (5, 'updated_at', 'timestamptz(3) not null default now()'),
                (6, 'updated_by', 'uuid default kernel.actor_id()'),
                (7, 'deleted_at', 'timestamptz(3)'),
                (8, 'custom', 'jsonb not null default ''{}'''),
                (9, 'tags', 'text[] not null default ''{}''')
        ) as w (place, name, definition)
        where not exists (
            select
            from pg_attribute as a
            where a.attrelid = target
              and a.attname = w.name
              and not a.attisdropped)
        order by w.place
    loop
        execute format('alter table %s add column %I %s', target, wanted.name, wanted.definition);
    end loop;
end
$$;
