internal import Kernel
internal import Postgres

/// What keeps organizations apart: roles without rights that pass by a policy, and the policy itself.
extension Checkup {
    static let isolation: [Checkup] = [
        Checkup(name: "application role", finding: rights),
        Checkup(name: "role memberships", finding: memberships),
        Checkup(name: "owners", finding: ownership),
        Checkup(name: "table rights", finding: grants),
        Checkup(name: "row-level security", finding: policies),
        Checkup(name: "definer functions", finding: definers),
    ]

    private static func rights(_ patient: Patient) throws -> String? {
        let roles = try patient.names(
            "select rolname from pg_catalog.pg_roles where rolname like 'platform\\_%'")
        for name in ["platform_app", "platform_owner", "platform_definer", "platform_vendor"]
        where !roles.contains(name) {
            return "the role \(name) is missing; run `platform migrate`"
        }
        let tooStrong = try patient.names(
            """
            select r.rolname
            from pg_catalog.pg_roles as r
            where r.rolname in ('platform_app', 'platform_vendor')
              and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication)
            order by 1
            """)
        guard let role = tooStrong.first else { return nil }
        return """
            \(role) has rights that pass by every policy: as a superuser, \
            `alter role \(role) nosuperuser nobypassrls nocreaterole nocreatedb noreplication`
            """
    }

    private static func memberships(_ patient: Patient) throws -> String? {
        let found = try patient.names(
            """
            select format('%s in %s', m.member::regrole, m.roleid::regrole)
            from pg_catalog.pg_auth_members as m
            where m.member::regrole::text in ('platform_app', 'platform_vendor')
            order by 1
            """)
        return found.isEmpty
            ? nil : "roles of requests are members of others (\(few(found))); `revoke <other> from <role>`"
    }

    private static func ownership(_ patient: Patient) throws -> String? {
        let owned = try patient.names(
            """
            select format('%I.%I', n.nspname, c.relname)
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relowner::regrole::text in ('platform_app', 'platform_vendor')
            order by 1
            """)
        return owned.isEmpty
            ? nil
            : "an owner switches policies off at will: \(few(owned)); `alter table … owner to platform_owner`"
    }

    /// Installation tables and partitions have no policy: nobody may reach them directly; TRUNCATE knows none
    /// at all.
    private static func grants(_ patient: Patient) throws -> String? {
        let reached = try patient.names(
            """
            select format('%s on %I.%I', lower(a.privilege_type), n.nspname, c.relname)
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            cross join lateral aclexplode(c.relacl) as a
            where c.relkind in ('r', 'p')
              and n.nspname !~ '^pg_'
              and (a.grantee = 0 or a.grantee::regrole::text = 'platform_app')
              and (n.nspname = 'platform' or c.relispartition or a.privilege_type = 'TRUNCATE')
            order by 1
            """)
        return reached.isEmpty
            ? nil
            : "platform_app may \(few(reached)), where no policy holds; revoke it from platform_app and public"
    }

    private static func policies(_ patient: Patient) throws -> String? {
        let missing = try patient.names(
            """
            select t.name
            from unnest(\(patient.registry.entities.map(\.table))::text[]) as t (name)
            where to_regclass(t.name) is null
            """)
        guard missing.isEmpty else { return "there is no \(few(missing)); run `platform migrate`" }
        let open = try patient.names(
            """
            select format('%I.%I', n.nspname, c.relname)
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p')
              and not c.relispartition
              and n.nspname !~ '^pg_'
              and n.nspname not in ('information_schema', 'extensions', 'platform', 'public')
              and not (
                  c.relrowsecurity
                  and c.relforcerowsecurity
                  and exists (
                      select
                      from pg_catalog.pg_policies as p
                      where p.schemaname = n.nspname
                        and p.tablename = c.relname
                        and p.policyname = 'tenant'
                        and p.permissive = 'PERMISSIVE'
                        and p.roles = '{public}'
                        and p.cmd = 'ALL'
                        and p.qual =
                        '(organization_id = (current_setting(''app.organization_id''::text))::uuid)'
                        and p.with_check = p.qual))
            order by 1
            """)
        return open.isEmpty
            ? nil
            : """
            organizations are not kept apart on \(few(open)): the forced policy "tenant" is missing or was changed; \
            stop serving, then `select kernel.apply_tenant('<schema>', '<table>')` as platform_owner
            """
    }

    private static func definers(_ patient: Patient) throws -> String? {
        let strange = try patient.names(
            """
            select p.oid::regprocedure::text
            from pg_catalog.pg_proc as p
            join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
            where p.prosecdef
              and n.nspname !~ '^pg_'
              and (p.proowner::regrole::text not in ('platform_definer', 'platform_owner')
                  or not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false))
            order by 1
            """)
        return strange.isEmpty
            ? nil
            : "functions that see past policies belong to nobody known or lend their search path: \(few(strange))"
    }
}
