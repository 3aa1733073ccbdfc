-- The portal's role reaches one account, whatever it is granted: a restrictive policy beside the tenant's, bare like it,
-- so that an unset account raises.
create policy portal on directory.accounts as restrictive for all to platform_portal
using (id = current_setting('app.account_id')::uuid)
with check (id = current_setting('app.account_id')::uuid);
