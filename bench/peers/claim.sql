-- The rawest queue: a job is claimed and done in one statement.
update bench.raw_jobs
set state = 'done'
where id = (
    select id from bench.raw_jobs where state = 'available' order by id limit 1 for update skip locked);
