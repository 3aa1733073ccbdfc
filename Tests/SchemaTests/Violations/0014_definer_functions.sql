-- A definer function that nobody listed, one with a loose search path, and one of another owner.
create function kernel.peek() returns bigint language sql security definer
set search_path = pg_catalog, pg_temp
as $$ select count(*) from kernel.teams $$;
alter function kernel.search(text, text, integer) reset search_path;
alter function platform.read_job(uuid) owner to platform_owner;
