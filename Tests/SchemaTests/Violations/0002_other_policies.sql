-- One more permissive policy.
create policy everyone on kernel.roles for select using (true);
