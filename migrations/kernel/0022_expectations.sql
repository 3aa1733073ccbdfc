-- What a batch was put together on, checked where it writes.

-- True, or the end of the transaction: the batch was made for another state of the database, and must be made anew.
create function kernel.expect(held boolean)
returns boolean
language plpgsql volatile
as $$
begin
    if held is not true then
        raise exception 'not as expected' using errcode = 'SK003';
    end if;
    return true;
end
$$;
grant execute on function kernel.expect(boolean) to platform_app;
