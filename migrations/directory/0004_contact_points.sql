-- When visits at an account are possible, and what a contact has beside the primary address and number.
alter table directory.accounts add column time_windows jsonb;

create table directory.contact_points (
    organization_id uuid not null,
    id uuid not null,
    contact_id uuid not null,
    email text,
    email_key text collate "C" generated always as (kernel.fold(email)) stored,
    phone text,
    phone_match text collate "C" generated always as (directory.phone_match(phone)) stored,
    purpose text,
    owner_id uuid,
    constraint contact_points_pkey primary key (organization_id, id),
    constraint contact_points_contact_id_fkey
        foreign key (organization_id, contact_id) references directory.contacts (organization_id, id),
    constraint contact_points_owner_id_fkey
        foreign key (organization_id, owner_id) references kernel.memberships (organization_id, id),
    constraint contact_points_email_check check (num_nonnulls(email, phone) = 1)
);

select standard.add_columns('directory.contact_points');

create index contact_points_contact_id_idx on directory.contact_points (organization_id, contact_id, id);
create index contact_points_owner_id_idx on directory.contact_points (organization_id, owner_id, id);
create index contact_points_email_key_idx on directory.contact_points (organization_id, email_key, id);
create index contact_points_updated_at_idx on directory.contact_points (organization_id, updated_at, id);
create index contact_points_phone_idx on directory.contact_points (organization_id, phone) where phone is not null;
create index contact_points_phone_match_idx on directory.contact_points (organization_id, phone_match)
where phone_match is not null;

-- They go with their contact: whoever answers for it answers for them.
create function directory.follow_contact_owner()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    update directory.contact_points as p
    set owner_id = new.owner_id
    where p.organization_id = new.organization_id
      and p.contact_id = new.id
      and p.owner_id is distinct from new.owner_id;
    return null;
end
$$;
grant execute on function directory.follow_contact_owner() to platform_app;

create trigger follow_owner
after update of owner_id on directory.contacts
for each row
when (old.owner_id is distinct from new.owner_id)
execute function directory.follow_contact_owner();
