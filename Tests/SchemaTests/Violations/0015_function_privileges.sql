-- A function for everybody.
grant execute on function kernel.fold(text) to public;
