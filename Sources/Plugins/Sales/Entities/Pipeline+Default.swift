internal import Kernel
internal import Postgres

extension Pipeline {
    /// The first pipeline is the default by itself.
    static func startAsDefault(_ change: inout Change<Pipeline>, in context: Context) async throws(Problem) {
        guard !change.after.isDefault else { return }
        let rows = try await context.read(
            """
            select exists (
                select
                from sales.pipelines p
                where p.organization_id = \(try context.organization())::uuid
                and p.is_default and p.deleted_at is null)
            """)
        if rows.bool(0, 0) == false { change.set(\.isDefault, true) }
    }

    /// There is always a default: another one takes its place, it is not given up.
    static func keepDefault(_ change: inout Change<Pipeline>) throws(Problem) {
        guard change.before?.isDefault == true, change.changes(\.isDefault) else { return }
        change.refuse(\.isDefault, "default_needed")
    }

    /// The default pipeline stays until another one is.
    static func keepFromBin(_ change: inout Change<Pipeline>) throws(Problem) {
        guard change.before?.isDefault == true else { return }
        throw Problem(409, "default_pipeline")
    }
}
