-- A partition granted directly.
grant select on kernel.audit_standard to platform_app;
