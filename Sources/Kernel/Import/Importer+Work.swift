internal import Postgres
internal import Tabular
internal import Wire

extension Importer {
    /// What is to be done with an import.
    enum Task: String, Sendable {
        case check, run, undo

        var status: ImportStatus {
            switch self {
            case .check: .checking
            case .run: .running
            case .undo: .undoing
            }
        }

        /// From where it may begin.
        var allowed: [ImportStatus] {
            switch self {
            case .check: [.analysed, .checked]
            case .run: [.analysed, .checked, .failed]
            case .undo: [.done, .failed]
            }
        }
    }

    /// Moves the import into the state of the work to come.
    func begin(_ id: UUIDv7, _ task: Task) async throws(Problem) {
        let stored = try await store.find(id)
        _ = try context.authorizer.writing(stored.entity)
        guard stored.mapping != nil else { throw ImportStore.wrongState(stored.status, task.allowed) }
        guard task == .undo || stored.hasFile else { throw ImportStore.fileRemoved }
        // A check that failed can be done again; a run that failed goes on.
        let hasStarted = stored.json["started_at"]?.stringValue != nil
        var allowed = task.allowed
        if stored.status == .failed {
            if task == .check, !hasStarted { allowed.append(.failed) }
            if task != .check, !hasStarted { allowed.removeAll { $0 == .failed } }
        }
        let isResumed = task == .run && hasStarted
        let fresh = ", done = 0, counts = '{}', kept = '[]', next_line = 0, next_offset = 0, pass = 1"
        let more: SQL =
            switch task {
            case .check: "\(unsafeSQL: fresh), unmatched = '[]', finished_at = null"
            // What a check found unmatched stays to be seen while the import runs.
            case .run: isResumed ? "" : "\(unsafeSQL: fresh), started_at = now(), finished_at = null"
            case .undo:
                """
                , done = 0, kept = '[]', finished_at = null, total = (
                    select count(*) from kernel.import_rows r
                    where r.organization_id = i.organization_id and r.import_id = i.id)
                """
            }
        let context = context
        try await context.inTransaction { (context: Context) async throws(Problem) -> Void in
            let store = ImportStore(context: context)
            try await store.move(stored, from: allowed, to: task.status, setting: more)
            guard task == .check || (task == .run && !isResumed) else { return }
            _ = try await context.write([
                """
                delete from kernel.import_errors as e
                where e.organization_id = \(try context.organization())::uuid and e.import_id = \(id)::uuid
                """
            ])
        }
    }

    /// Does the work that was begun.
    func work(_ id: UUIDv7, _ task: Task) async throws(Problem) {
        let stored = try await store.find(id)
        guard stored.status == task.status else { return }
        switch task {
        case .check: try await check(stored)
        case .run: try await write(stored)
        case .undo: try await takeBack(stored)
        }
    }

    /// Puts the import into the state of its work, out of `failed` where its job was replayed; false where it
    /// has gone on to something else.
    func takeUp(_ id: UUIDv7, _ task: Task) async throws(Problem) -> Bool {
        let rows = try await context.write([
            """
            update kernel.imports as i
            set status = \(task.status.rawValue), failure = null, finished_at = null
            where i.organization_id = \(try context.organization())::uuid and i.id = \(id)::uuid
            and (i.status = \(task.status.rawValue)
                or i.status = 'failed' and (i.started_at is null) = \(task == .check)::boolean)
            and (i.file_removed_at is null or not \(task.status.needsFile)::boolean)
            returning i.id
            """
        ])
        return rows[0].count == 1
    }

    /// The same caller, marked as this import in audit and hooks.
    private func importing(_ id: UUIDv7) -> Context {
        Context(
            runtime: context.runtime, principal: context.principal,
            request: RequestInfo(
                id: id.description, address: context.request.address, language: context.request.language),
            now: context.now, transaction: context.transaction, isImport: true)
    }

    private func mapping(_ stored: StoredImport) throws(Problem) -> ImportMapping {
        _ = try context.authorizer.writing(stored.entity)
        var reader = MappingReader(entity: stored.entity, columns: stored.columns, context: context)
        return try reader.mapping(stored.mapping ?? .null)
    }

    private func check(_ taken: StoredImport) async throws(Problem) {
        let id = taken.id
        let context = importing(id)
        // A check keeps much in memory: one that was cut off begins anew.
        _ = try await context.write([
            """
            delete from kernel.import_errors as e
            using kernel.imports i
            where e.organization_id = \(try context.organization())::uuid and e.import_id = \(id)::uuid
            and i.organization_id = e.organization_id and i.id = e.import_id and i.status = 'checking'
            """,
            """
            update kernel.imports as i
            set done = 0, counts = '{}', next_line = 0, next_offset = 0, pass = 1
            where i.organization_id = \(try context.organization())::uuid and i.id = \(id)::uuid
            and i.status = 'checking'
            """,
        ])
        let stored = try await store.find(id)
        let mapping = try mapping(stored)
        var pass = ImportPass(stored, mode: .check, mapping: mapping, context: context)
        try await pass.finish()
        let unmatched = try await pass.unmatched.json(mapping, stored.entity, in: context)
        try await store.move(
            stored, from: [.checking], to: .checked, setting: ", unmatched = \(unmatched)::jsonb")
    }

    private func write(_ taken: StoredImport) async throws(Problem) {
        var stored = taken
        let context = importing(stored.id)
        let mapping = try mapping(stored)
        if stored.pass == 1 {
            var pass = ImportPass(stored, mode: .run, mapping: mapping, context: context)
            try await pass.finish()
            if OwnReferencePass.isNeeded(mapping, stored.entity) { try await beginSecondPass(stored.id) }
            stored = try await store.find(stored.id)
        }
        if stored.pass == 2 {
            var pass = OwnReferencePass(stored, mapping: mapping, context: context)
            try await pass.finish()
        }
        let notices = ImportNotices(stored: stored, context: context)
        try await end(
            stored, as: .done, setting: ", finished_at = now()",
            telling: notices.own(.importDone) + (try await notices.owners()))
    }

    /// Ends the work and tells of it, in one transaction.
    private func end(
        _ stored: StoredImport, as status: ImportStatus, setting more: SQL, telling notices: [Notice]
    ) async throws(Problem) {
        try await context.inTransaction { (context: Context) async throws(Problem) -> Void in
            try await ImportStore(context: context).move(
                stored, from: [stored.status], to: status, setting: more)
            try await context.notify(notices)
        }
    }

    /// Goes back to the file's beginning, once: whoever comes late is told that the import is another's.
    private func beginSecondPass(_ id: UUIDv7) async throws(Problem) {
        let rows = try await context.write([
            """
            update kernel.imports as i
            set pass = 2, done = 0, next_line = 0, next_offset = 0
            where i.organization_id = \(try context.organization())::uuid and i.id = \(id)::uuid
            and i.status = 'running' and i.pass = 1
            returning i.id
            """
        ])
        guard rows[0].count == 1 else { throw Problem(409, "job_lost") }
    }

    private func takeBack(_ stored: StoredImport) async throws(Problem) {
        let kept = try await ImportUndo(context: importing(stored.id), stored: stored).finish()
        try await end(
            stored, as: .undone,
            setting: ", kept = \(kept)::jsonb, done = i.total, finished_at = now()",
            telling: ImportNotices(stored: stored, context: context).own(.importUndone))
    }

    /// Ends the import's work with a reason.
    func fail(_ id: UUIDv7, _ code: String) async throws(Problem) {
        try await context.inTransaction { (context: Context) async throws(Problem) -> Void in
            let rows = try await context.write([
                """
                update kernel.imports as i
                set status = 'failed', failure = \(code), finished_at = now()
                where i.organization_id = \(try context.organization())::uuid and i.id = \(id)::uuid
                and i.status in ('checking', 'running', 'undoing')
                returning i.created_by, i.file_name
                """
            ])[0]
            guard rows.count == 1, let member = rows.id(0, 0) else { return }
            var arguments = JSONObject()
            arguments["label"] = rows[0, 1].map { .string($0) }
            try await context.notify([
                Notice(
                    .importFailed, to: member, by: nil, of: Notice.Subject("kernel.import", id), arguments)
            ])
        }
    }
}
