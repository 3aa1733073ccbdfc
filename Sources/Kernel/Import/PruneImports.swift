internal import Loop
internal import Postgres
internal import Wire

/// Removes, daily, the files of imports that nobody has worked on for 30 days, with the original lines that
/// were wrong.
///
/// The import, its counts and what an undo needs stay.
struct PruneImports: Job {
    typealias Payload = NoInput
    static let kind = "kernel.prune_imports"
    /// For so long after its end an import's file is kept.
    static let days = 30
    private static let portion = 100

    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        while try await prune(in: job.context) == portion {}
        return .done
    }

    /// One portion in a transaction of its own: the rows are marked first, so that no run begins on a file
    /// that goes.
    private static func prune(in context: Context) async throws(Problem) -> Int {
        let until = context.now.adding(seconds: -Int64(days) * 86_400)
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
                returning i.id, i.file_path
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
            let paths = (0..<rows.count).compactMap { rows[$0, 1] }
            do {
                try await context.runtime.blocking.run { for path in paths { FileCopy.remove(path) } }
            } catch { throw Problem.unavailable }
            return rows.count
        }
    }
}
