internal import Kernel
internal import Postgres
internal import Wire

/// One page of a log, newest first: its limit, and the place that it goes on from.
struct AuditPage: Sendable {
    static let bounds: ClosedRange<Int64> = 1...200
    static let standard: Int64 = 50

    let limit: Int64
    /// The last row of the page before.
    var after: (at: String, id: UUIDv7)?
    private let list: [String]

    /// Reads `limit` and `cursor`; 400 for a cursor that was made for another list or other filters.
    init(limit: Int64, cursor: String?, list: [String], in context: Context) throws(Problem) {
        self.limit = limit
        self.list = list
        guard let place = try context.place(cursor, in: list) else { return }
        guard let at = place.keys.first ?? nil else { throw Problem.badQuery("cursor", "bad_cursor") }
        after = (at: at, id: place.id)
    }

    /// A list's name with the filters that were sent.
    static func list(_ name: String, _ sent: [String: Value]) -> [String] {
        let filters = sent.filter { $0.key != "cursor" && $0.key != "limit" }.sorted { $0.key < $1.key }
        return [name] + filters.map { "\($0.key)=\($0.value.json.text)" }
    }

    /// The condition that leaves out what came on earlier pages.
    func condition(_ at: String, _ id: String) -> SQL {
        guard let after else { return "true" }
        return "(\(unsafeSQL: at), \(unsafeSQL: id)) < (\(after.at)::timestamptz, \(after.id)::uuid)"
    }

    /// Reads one row more than is shown, its moment and id in the first two columns, and writes each row by
    /// `write`.
    func answer(
        _ statement: SQL, in context: Context, _ write: (Int, Rows, inout JSONWriter) -> Void
    ) async throws(Problem) -> Answer {
        let rows = try await context.read([statement], .long)[0]
        let shown = min(rows.count, Int(limit))
        var writer = JSONWriter(capacity: 500 * shown + 200)
        writer.beginObject()
        writer.key("data")
        writer.beginArray()
        for row in 0..<shown { write(row, rows, &writer) }
        writer.endArray()
        var next: String?
        if rows.count > shown, let at = rows[shown - 1, 0], let id = rows.id(shown - 1, 1) {
            next = context.cursor(in: list, behind: [at], id)
        }
        self.write(next: next, to: &writer)
        writer.endObject()
        return .json(writer.bytes)
    }

    private func write(next: String?, to writer: inout JSONWriter) {
        writer.key("page")
        writer.beginObject()
        writer.field("limit", limit)
        writer.field("next", next)
        writer.field("previous", JSON.null)
        writer.field("total", JSON.null)
        writer.field("estimated", false)
        writer.endObject()
    }
}

extension JSONWriter {
    /// Who did it: `{"kind", "id", "name"}`.
    mutating func actor(_ kind: String?, _ id: UUIDv7?, _ name: String?) {
        key("by")
        beginObject()
        field("kind", kind)
        field("id", id)
        field("name", name)
        endObject()
    }
}
