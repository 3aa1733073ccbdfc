-- A table of the installation that nobody listed, and a grant on one that holds secrets.
create table platform.notes (id uuid not null);
grant select on platform.users to platform_app;
