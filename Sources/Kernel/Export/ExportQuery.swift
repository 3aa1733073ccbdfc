internal import Postgres
internal import Wire

/// The one statement that gives all rows of an export, in the order asked for.
struct ExportQuery {
    let request: ListRequest
    let scope: Scope
    let context: Context

    /// Rows are fetched by so many at a time.
    static let portion = 500

    /// Selects these expressions of every row of the list.
    func statement(_ values: [SQL]) -> SQL {
        """
        select \(sql: values.joined(separator: ", "))
        from \(unsafeSQL: request.entity.table) t
        where \(sql: ListCompiler(request: request, scope: scope, context: context).base)
        order by \(unsafeSQL: order)
        """
    }

    /// Nulls stand last in either direction, as in lists.
    private var order: String {
        var terms = request.sort.keys.map { key in
            "\(key.expression) \(key.isDescending ? "desc" : "asc") nulls last"
        }
        terms.append("t.id \(request.sort.isIDDescending ? "desc" : "asc")")
        return terms.joined(separator: ", ")
    }

    /// Hands each portion of the rows on, in one read-only transaction of its own.
    func forEach(_ values: [SQL], _ body: (Rows) async throws -> Void) async throws {
        let statement = statement(values)
        try await context.runtime.database.transaction(context.settings(readOnly: true), .bulk) {
            transaction in
            try await transaction.forEachBatch(statement, fetch: Self.portion, body)
        }
    }
}
