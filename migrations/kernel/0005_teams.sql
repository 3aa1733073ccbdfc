-- Teams form a tree; its transitive closure answers 'who is below me' in one join.

create table kernel.teams (
    organization_id uuid not null,
    id uuid not null,
    name text not null,
    name_key text collate "C" not null generated always as (kernel.fold(name)) stored,
    parent_id uuid,
    territory text,
    constraint teams_pkey primary key (organization_id, id),
    constraint teams_organization_id_fkey foreign key (organization_id) references platform.organizations (id),
    constraint teams_parent_id_fkey
        foreign key (organization_id, parent_id) references kernel.teams (organization_id, id)
);
create index teams_parent_id_idx on kernel.teams (organization_id, parent_id);

create table kernel.team_members (
    organization_id uuid not null,
    id uuid not null default kernel.new_id(),
    team_id uuid not null,
    member_id uuid not null,
    is_manager boolean not null default false,
    constraint team_members_pkey primary key (organization_id, id),
    constraint team_members_team_id_fkey
        foreign key (organization_id, team_id) references kernel.teams (organization_id, id) on delete cascade,
    constraint team_members_member_id_fkey
        foreign key (organization_id, member_id) references kernel.memberships (organization_id, id),
    constraint team_members_member_id_key unique (organization_id, team_id, member_id)
);
create index team_members_member_id_idx on kernel.team_members (organization_id, member_id, team_id);

-- Each team with itself (depth 0) and with every team below it. Written by the trigger alone.
create table kernel.team_paths (
    organization_id uuid not null,
    ancestor_id uuid not null,
    descendant_id uuid not null,
    depth integer not null,
    constraint team_paths_pkey primary key (organization_id, ancestor_id, descendant_id),
    constraint team_paths_ancestor_id_fkey
        foreign key (organization_id, ancestor_id) references kernel.teams (organization_id, id) on delete cascade,
    constraint team_paths_descendant_id_fkey
        foreign key (organization_id, descendant_id) references kernel.teams (organization_id, id) on delete cascade
);
create index team_paths_descendant_id_idx on kernel.team_paths (organization_id, descendant_id, ancestor_id);

select standard.add_columns('kernel.teams');
select kernel.apply_tenant('kernel', 'teams');
select kernel.apply_tenant('kernel', 'team_members');
select kernel.apply_tenant('kernel', 'team_paths', 'select');
grant select, insert, delete on kernel.team_paths to platform_definer;

create function kernel.keep_team_paths()
returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Two moves at once could each be right and close a circle together.
    perform pg_advisory_xact_lock(hashtextextended('teams:' || new.organization_id::text, 0));
    if tg_op = 'INSERT' then
        insert into kernel.team_paths (organization_id, ancestor_id, descendant_id, depth)
        values (new.organization_id, new.id, new.id, 0);
    else
        if exists (
            select
            from kernel.team_paths as p
            where p.organization_id = new.organization_id
              and p.ancestor_id = new.id
              and p.descendant_id = new.parent_id
        ) then
            raise exception 'a team cannot stand below itself'
                using errcode = 'check_violation', constraint = 'teams_parent_id_cycle',
                      schema = 'kernel', table = 'teams', column = 'parent_id';
        end if;
        -- The moved subtree leaves every ancestor it had.
        delete from kernel.team_paths as p
        using kernel.team_paths as above, kernel.team_paths as below
        where p.organization_id = new.organization_id
          and above.organization_id = new.organization_id
          and below.organization_id = new.organization_id
          and above.descendant_id = new.id
          and above.depth > 0
          and below.ancestor_id = new.id
          and p.ancestor_id = above.ancestor_id
          and p.descendant_id = below.descendant_id;
    end if;
    insert into kernel.team_paths (organization_id, ancestor_id, descendant_id, depth)
    select new.organization_id, above.ancestor_id, below.descendant_id, above.depth + below.depth + 1
    from kernel.team_paths as above
    cross join kernel.team_paths as below
    where above.organization_id = new.organization_id
      and below.organization_id = new.organization_id
      and above.descendant_id = new.parent_id
      and below.ancestor_id = new.id;
    return null;
end
$$;
alter function kernel.keep_team_paths() owner to platform_definer;

create trigger keep_paths_insert
after insert on kernel.teams
for each row
execute function kernel.keep_team_paths();

create trigger keep_paths_update
after update of parent_id on kernel.teams
for each row
when (old.parent_id is distinct from new.parent_id)
execute function kernel.keep_team_paths();
