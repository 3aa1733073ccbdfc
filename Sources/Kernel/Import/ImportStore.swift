internal import Postgres
internal import Wire

/// Reads and writes imports as one caller, who sees those of their own; an admin sees all.
struct ImportStore {
    let context: Context

    /// The columns that make an import's JSON.
    static let columns = """
        i.id, i.entity, i.status, i.file_name, i.file_path, i.file_size, i.encoding, i.separator, i.format,
        i.columns, i.mapping, i.done, i.total, i.counts, i.unmatched, i.kept, i.pass, i.next_line,
        i.next_offset, i.failure, i.created_by,
        to_char(i.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as created_at,
        to_char(i.started_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as started_at,
        to_char(i.finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as finished_at,
        to_char(i.file_removed_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as file_removed_at
        """

    /// An import that the caller may see; 404 otherwise. `lock` keeps others from changing it meanwhile.
    func find(_ id: UUIDv7, lock: Bool = false) async throws(Problem) -> StoredImport {
        let rows = try await context.read(
            """
            select row_to_json(j)::text
            from (select \(unsafeSQL: Self.columns)
            from kernel.imports i
            where \(sql: try visible()) and i.id = \(id)::uuid\(unsafeSQL: lock ? "\nfor update of i" : "")) j
            """)
        guard let json = rows.isEmpty ? nil : rows.json(0, 0),
            let found = StoredImport(json, registry: context.runtime.registry),
            context.principal.plugins.contains(found.entity.plugin)
        else { throw Problem.notFound }
        return found
    }

    /// The condition on the alias `i` that the caller may see an import.
    func visible() throws(Problem) -> SQL {
        let tenant: SQL = "i.organization_id = \(try context.organization())::uuid and i.deleted_at is null"
        if context.principal.grant.isAdmin { return tenant }
        return "\(sql: tenant) and i.created_by = \(context.principal.user)::uuid"
    }

    /// Moves an import on from one of the states; a conflict from any other, or where its file is wanted and
    /// gone.
    func move(
        _ found: StoredImport, from allowed: [ImportStatus], to status: ImportStatus, setting more: SQL = ""
    ) async throws(Problem) {
        let rows = try await context.write([
            """
            update kernel.imports as i
            set status = \(status.rawValue), failure = null\(sql: more)
            where i.organization_id = \(try context.organization())::uuid and i.id = \(found.id)::uuid
            and i.status = any(\(allowed.map(\.rawValue))::text[])
            and (i.file_removed_at is null or not \(status.needsFile)::boolean)
            returning i.id
            """
        ])
        guard rows[0].count == 1 else {
            let now = try await find(found.id)
            throw now.hasFile || !status.needsFile ? Self.wrongState(now.status, allowed) : Self.fileRemoved
        }
    }

    /// 409: what needs the file can't be done any more.
    static let fileRemoved = Problem(409, "import_file_removed", ["days": "\(PruneImports.days)"])

    /// 409 with the states from which it could be done.
    static func wrongState(_ status: ImportStatus, _ allowed: [ImportStatus]) -> Problem {
        .wrongState("import_state", status.rawValue, allowed: allowed.map(\.rawValue))
    }
}

extension Problem {
    /// 409 with the state that something is in, and those from which the step could be done.
    static func wrongState(_ code: String, _ state: String, allowed: [String]) -> Problem {
        Problem(
            409, code, ["status": state],
            members: [
                (key: "state", value: .string(state)),
                (key: "allowed", value: .array(allowed.map { .string($0) })),
            ])
    }
}
