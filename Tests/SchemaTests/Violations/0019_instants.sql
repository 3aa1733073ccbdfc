-- Instants to the microsecond, and without a zone.
alter table kernel.teams add column opened_at timestamptz, add column closed_at timestamp(3);
