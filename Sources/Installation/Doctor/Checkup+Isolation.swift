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
        Checkup(name: "other policies", finding: otherPolicies),
        Checkup(name: "definer functions", finding: definers),
    ]

    /// The roles that serve requests: everything below holds for each of them.
    private static let requestRoles = ["platform_app", "platform_portal", "platform_vendor"]

    private static func rights(_ patient: Patient) throws -> String? {
        let roles = try patient.names(
            "select rolname from pg_catalog.pg_roles where rolname like 'platform\\_%'")
        for name in requestRoles + ["platform_definer", "platform_owner"] where !roles.contains(name) {
            return "the role \(name) is missing; run `platform migrate`"
        }
        let tooStrong = try patient.names(
            """
            select r.rolname
            from pg_catalog.pg_roles as r
            where r.rolname = any(\(requestRoles)::text[])
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
            where m.member::regrole::text = any(\(requestRoles)::text[])
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
            where c.relowner::regrole::text = any(\(requestRoles)::text[])
            order by 1
            """)
        return owned.isEmpty
            ? nil
            : """
            an owner switches policies off at will: \(few(owned)); \
            `alter table … owner to platform_owner`
            """
    }

    /// Installation tables and partitions have no policy: nobody may reach them directly; TRUNCATE knows none
    /// at all. Each right is told with its role, as there are several.
    private static func grants(_ patient: Patient) throws -> String? {
        let reached = try patient.names(
            """
            select format(
                '%s may %s on %I.%I', case a.grantee when 0 then 'public' else a.grantee::regrole::text end,
                lower(a.privilege_type), n.nspname, c.relname)
            from pg_catalog.pg_class as c
            join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
            cross join lateral aclexplode(c.relacl) as a
            where c.relkind in ('r', 'p')
              and n.nspname !~ '^pg_'
              and (a.grantee = 0 or a.grantee::regrole::text = any(\(requestRoles)::text[]))
              and (n.nspname = 'platform' or c.relispartition or a.privilege_type = 'TRUNCATE')
            order by 1
            """)
        return reached.isEmpty
            ? nil
            : "\(few(reached)), where no policy holds; revoke it"
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
            organizations are not kept apart on \(few(open)): the forced policy "tenant" is missing or was \
            changed; stop serving, then `select kernel.apply_tenant('<schema>', '<table>')` as platform_owner
            """
    }

    /// Permissive policies are joined by `or`: each one beside the tenant's opens its table.
    private static func otherPolicies(_ patient: Patient) throws -> String? {
        let found = try patient.names(
            """
            select format('%I on %I.%I', p.policyname, p.schemaname, p.tablename)
            from pg_catalog.pg_policies as p
            where p.permissive = 'PERMISSIVE'
              and p.policyname <> 'tenant'
              and p.schemaname !~ '^pg_'
            order by 1
            """)
        return found.isEmpty
            ? nil
            : """
            organizations are not kept apart: policies that were added let more through (\(few(found))); \
            stop serving, then `drop policy …` as platform_owner
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
            : """
            functions that see past policies belong to nobody known or lend their search path: \
            \(few(strange))
            """
    }
}
