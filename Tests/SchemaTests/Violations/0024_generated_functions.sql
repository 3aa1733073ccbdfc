-- A trigger that assembles its statement for every row.
create function standard.kernel_teams_slowly() returns trigger language plpgsql
as $$ begin execute format('select 1 from %I', tg_table_name); return null; end $$;
