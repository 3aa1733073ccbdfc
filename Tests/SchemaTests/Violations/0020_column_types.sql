-- Types that filter badly or lose exactness.
create type kernel.mood as enum ('good', 'bad');
alter table kernel.teams add column budget numeric(12, 2), add column mood kernel.mood, add column weight real;
