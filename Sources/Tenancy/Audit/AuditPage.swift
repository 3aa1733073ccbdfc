internal import Crypto
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
    private let key: [UInt8]
    private let fingerprint: String

    /// Reads `limit` and `cursor`; 400 for a cursor that was made for other filters.
    init(limit: Int64, cursor: String?, filters: [String: Value], in context: Context) throws(Problem) {
        self.limit = limit
        key = hmacSHA256(Array("audit_cursor".utf8), key: context.runtime.configuration.secretKey)
        let parts = filters.filter { $0.key != "cursor" && $0.key != "limit" }.sorted { $0.key < $1.key }
        let named = parts.map { "\($0.key)=\($0.value.json.text)" } + [try context.organization().description]
        fingerprint = named.joined(separator: "\n")
        guard let cursor else { return }
        guard let read = read(cursor) else { throw Problem.badQuery("cursor", "bad_cursor") }
        after = read
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
        var last: (at: String, id: UUIDv7)?
        if rows.count > shown, let at = rows[shown - 1, 0], let id = rows.id(shown - 1, 1) { last = (at, id) }
        self.write(next: last, to: &writer)
        writer.endObject()
        return .json(writer.bytes)
    }

    /// Writes `page`; `last` is the last row shown where more follow.
    private func write(next last: (at: String, id: UUIDv7)?, to writer: inout JSONWriter) {
        writer.key("page")
        writer.beginObject()
        writer.field("limit", limit)
        writer.field("next", last.map { text($0) })
        writer.field("previous", JSON.null)
        writer.field("total", JSON.null)
        writer.field("estimated", false)
        writer.endObject()
    }

    private func text(_ place: (at: String, id: UUIDv7)) -> String {
        let body = Array("\(place.at) \(place.id)".utf8)
        return Base64.encode(body + signature(of: body), url: true)
    }

    private func read(_ cursor: String) -> (at: String, id: UUIDv7)? {
        guard cursor.utf8.count < 200, let bytes = Base64.decode(cursor, url: true), bytes.count > 16 else {
            return nil
        }
        let body = Array(bytes.dropLast(16))
        guard constantTimeEquals(Array(bytes.suffix(16)), signature(of: body)) else { return nil }
        let parts = String(decoding: body, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let id = UUIDv7(String(parts[1])) else { return nil }
        return (String(parts[0]), id)
    }

    private func signature(of body: [UInt8]) -> [UInt8] {
        Array(hmacSHA256(body + Array(fingerprint.utf8), key: key).prefix(16))
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
