-- Keys without the organization, in the wrong order, and none.
create table kernel.wishes (organization_id uuid not null, id uuid not null, primary key (id));
create table kernel.dreams (organization_id uuid not null, id uuid not null, primary key (id, organization_id));
create table kernel.hopes (organization_id uuid not null, id uuid not null);
