internal import Postgres
internal import Wire

/// The places of a list at even distances, as cursors: what a scrollbar jumps to.
struct ListMarks {
    let request: ListRequest
    let every: Int
    let context: Context

    static let standardDistance = 1000
    static let largestDistance = 100_000
    /// Marks in one answer.
    static let most = 1_000

    /// Reads `every`.
    init(_ request: ListRequest, every text: String?, context: Context) throws(Problem) {
        self.request = request
        self.context = context
        guard let text else {
            every = Self.standardDistance
            return
        }
        guard let every = Int(text), (1...Self.largestDistance).contains(every) else {
            throw Problem.badQuery("every", "out_of_range", expected: "1...\(Self.largestDistance)")
        }
        self.every = every
    }

    /// `{"data": [{"index", "cursor"}], "total"}`: the page behind a cursor begins with the row of that
    /// index.
    func document(scope: Scope) async throws(Problem) -> [UInt8] {
        let compiler = ListCompiler(request: request, scope: scope, context: context)
        let rows = try await context.read(statement(compiler), .long)
        let total = rows.isEmpty ? 0 : rows.integer(rows.count - 1, 0) ?? 0
        guard total / Int64(every) <= Self.most else {
            let least = (total + Int64(Self.most) - 1) / Int64(Self.most)
            throw Problem.badQuery("every", "out_of_range", expected: "\(least)...\(Self.largestDistance)")
        }
        var writer = JSONWriter(capacity: rows.count * 160 + 200)
        writer.beginObject()
        writer.key("data")
        writer.beginArray()
        if total > 0 { write(0, Cursor(startOf: request.fingerprint), to: &writer) }
        for row in 0..<rows.count {
            guard let index = rows.integer(row, 0), index < total, let id = rows.id(row, 1) else { continue }
            let keys = (2..<rows.columnCount).map { rows[row, $0] }
            let cursor = Cursor(fingerprint: request.fingerprint, keys: keys, id: id, isBackward: false)
            write(index, cursor, to: &writer)
        }
        writer.endArray()
        writer.field("total", total)
        writer.endObject()
        return writer.bytes
    }

    private func write(_ index: Int64, _ cursor: Cursor, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("index", index)
        writer.field("cursor", cursor.text(signedWith: context.cursorKey))
        writer.endObject()
    }

    /// The last row before each mark, and the last of all. Rows are numbered by their keys alone; only the marks' keys become
    /// texts.
    private func statement(_ compiler: ListCompiler) -> SQL {
        let keys = request.sort.keys
        let names = keys.indices.map { "k\($0)" }
        let columns = zip(keys, names).map { ", \($0.expression) as \($1)" }.joined()
        let order = zip(keys, names).map { key, name in
            "x.\(name) \(key.isDescending ? "desc" : "asc")\(key.isNullable ? " nulls last" : "")"
        }
        let id = "x.id \(request.sort.isIDDescending ? "desc" : "asc")"
        let texts = zip(keys, names).map { key, name in
            key.field.kind == .instant ? Columns.instant("n.\(name)") : "n.\(name)::text"
        }
        let shown = (["n.number", "n.id"] + (texts.isEmpty ? ["null"] : texts)).joined(separator: ", ")
        return """
            select \(unsafeSQL: shown)
            from (select x.*,
            count(*) over () as total,
            row_number() over (order by \(unsafeSQL: (order + [id]).joined(separator: ", "))) as number
            from (select t.id\(unsafeSQL: columns)
            from \(unsafeSQL: request.entity.table) t
            where \(sql: compiler.base)) x) n
            where n.number = n.total
            or n.number % \(every)::bigint = 0 and n.total / \(every)::bigint <= \(Self.most)::bigint
            order by n.number
            """
    }
}
