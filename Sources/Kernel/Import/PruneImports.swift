internal import Loop
internal import Postgres
internal import Wire

/// Removes, daily, the files of imports that nobody has worked on for 30 days, with the original lines that
/// were wrong, and files that belong to no import as their upload was cut off.
///
/// The import, its counts and what an undo needs stay.
struct PruneImports: Job {
    typealias Payload = NoInput
    static let kind = "kernel.prune_imports"
    /// For so long after its end an import's file is kept.
    static let days = 30
    private static let portion = 100
    private static let day: Int64 = 86_400

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await prune(in: job.context)
        return .done
    }

    /// Does it as the platform in an organization.
    static func prune(in context: Context) async throws(Problem) {
        while try await mark(in: context) == portion {}
        try await removeFiles(in: context)
        try await removeStrays(in: context)
    }

    /// Marks one portion, so that no run begins on a file that goes.
    private static func mark(in context: Context) async throws(Problem) -> Int {
        let until = context.now.adding(seconds: -Int64(days) * day)
        return try await context.inTransaction(.bulk) { (context: Context) async throws(Problem) -> Int in
            let rows = try await context.write([
                """
                update kernel.imports as i
                set file_removed_at = \(context.now)::timestamptz
                where i.organization_id = \(try context.organization())::uuid and i.id = any(array(
                    select o.id
                    from kernel.imports o
                    where o.organization_id = \(try context.organization())::uuid
                    and o.file_removed_at is null
                    and coalesce(o.finished_at, o.updated_at) < \(until)::timestamptz
                    and o.status <> all(\(ImportStatus.underWay.map(\.rawValue))::text[])
                    order by o.id
                    limit \(unsafeSQL: "\(portion)")
                    for update skip locked))
                returning i.id
                """
            ])[0]
            let ids = (0..<rows.count).compactMap { rows.id($0, 0) }
            _ = try await context.write([
                """
                delete from kernel.import_errors as e
                where e.organization_id = \(try context.organization())::uuid
                and e.import_id = any(\(ids)::uuid[])
                """
            ])
            return rows.count
        }
    }

    /// Removes the files of what is marked and committed; those of the last week again, as a run may have
    /// been cut off before it came to them.
    private static func removeFiles(in context: Context) async throws(Problem) {
        let since = context.now.adding(seconds: -7 * day)
        var last = UUIDv7.zero
        while true {
            let rows = try await context.read(
                """
                select i.id, i.file_path
                from kernel.imports i
                where i.organization_id = \(try context.organization())::uuid
                and i.file_removed_at > \(since)::timestamptz and i.id > \(last)::uuid
                order by i.id
                limit 1000
                """)
            guard let id = rows.isEmpty ? nil : rows.id(rows.count - 1, 0) else { return }
            try await remove((0..<rows.count).compactMap { rows[$0, 1] }, in: context)
            last = id
        }
    }

    /// Removes what has lain in the organization's folder for a day without being any import's.
    private static func removeStrays(in context: Context) async throws(Problem) {
        let folder = ImportFolder.path(of: try context.organization(), context)
        let before = context.now.adding(seconds: -day)
        var files: [UUIDv7: String] = [:]
        do {
            files = try await context.runtime.blocking.run { ImportFolder.files(in: folder, before: before) }
        } catch { throw Problem.unavailable }
        guard !files.isEmpty else { return }
        let rows = try await context.read(
            """
            select f.id
            from unnest(\(Array(files.keys))::uuid[]) f (id)
            where not exists (
                select
                from kernel.imports i
                where i.organization_id = \(try context.organization())::uuid and i.id = f.id)
            """)
        try await remove((0..<rows.count).compactMap { rows.id($0, 0).flatMap { files[$0] } }, in: context)
    }

    private static func remove(_ paths: [String], in context: Context) async throws(Problem) {
        do { try await context.runtime.blocking.run { for path in paths { FileCopy.remove(path) } } } catch {
            throw Problem.unavailable
        }
    }
}
