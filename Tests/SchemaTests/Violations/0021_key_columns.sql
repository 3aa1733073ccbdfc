-- A key compared by the language's order.
alter table kernel.teams
add column territory_key text not null generated always as (kernel.fold(territory)) stored;
