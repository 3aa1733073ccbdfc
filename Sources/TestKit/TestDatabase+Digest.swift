internal import Postgres
public import Wire

extension TestDatabase {
    /// A digest of every row of one organization by table, behind the policies: what a test compares before
    /// and after.
    public func digests(of organization: UUIDv7) throws -> [String: String] {
        let tables = try admin(
            """
            select n.nspname || '.' || c.relname
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
            where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog',
            'information_schema')
            order by 1
            """)
        let names = (0..<tables.count).compactMap { tables[$0, 0] }
        var digests: [String: String] = [:]
        for name in names {
            let rows = try admin(
                """
                select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '')
                from \(unsafeSQL: name) t
                where t.organization_id = \(organization)::uuid
                """)
            digests[name] = rows[0, 0]
        }
        return digests
    }
}
