-- A tenant's table that does not say whose its rows are.
create table kernel.wishes (id uuid not null);
