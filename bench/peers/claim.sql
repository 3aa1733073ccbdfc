-- The rawest queue: a job is claimed and done in one statement.
update public.raw_jobs
set state = 'done'
where id = (
    select id from public.raw_jobs where state = 'available' order by id limit 1 for update skip locked);
