internal import Postgres
internal import Wire

/// Runs a list and writes its page: the records' JSON goes from PostgreSQL to the answer as bytes.
struct ListQuery {
    let request: ListRequest
    let context: Context

    /// The page as a JSON document.
    func page(scope: Scope) async throws(Problem) -> [UInt8] {
        let compiler = ListCompiler(request: request, scope: scope, context: context)
        let select = RecordSelect(
            entity: request.entity, authorizer: context.authorizer, registry: context.runtime.registry,
            only: request.only, include: request.include)
        var statements = [compiler.statement(select.expression("t"), limit: request.limit)]
        if needsExactCount { statements.append(compiler.countStatement) }
        if request.count == .estimate {
            statements.append("explain (format json) \(sql: estimated(compiler))")
        }
        let results = try await context.read(statements, compiler.queryClass)
        let total = results.count > 1 ? Self.total(results[1], request.count) : nil
        return document(results[0], total: total)
    }

    private var needsExactCount: Bool {
        if case .page = request.place { return true }
        return request.count == .exact
    }

    private func estimated(_ compiler: ListCompiler) -> SQL {
        "select 1 from \(unsafeSQL: request.entity.table) t where \(sql: compiler.base)"
    }

    private static func total(_ rows: Rows, _ count: ListRequest.Count?) -> Int64? {
        guard rows.count == 1 else { return nil }
        guard count == .estimate else { return rows.integer(0, 0) }
        let plan = rows.json(0, 0)?.arrayValue?.first?["Plan"]
        return plan?["Plan Rows"]?.integerValue
    }

    private struct Place {
        let keys: [String?]
        let id: UUIDv7
    }

    private func document(_ rows: Rows, total: Int64?) -> [UInt8] {
        let isBackward = if case .cursor(let cursor) = request.place { cursor.isBackward } else { false }
        let hasMore = rows.count > request.limit
        var places = Array(0..<min(rows.count, request.limit))
        if isBackward { places.reverse() }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(places.count * 640 + 256)
        bytes.append(contentsOf: "{\"data\":[".utf8)
        for (position, place) in places.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            rows.append(place, 0, to: &bytes)
        }
        bytes.append(contentsOf: "],\"page\":".utf8)
        let first = places.first.flatMap { self.place(rows, $0) }
        let last = places.last.flatMap { self.place(rows, $0) }
        let isStart = if case .start = request.place { true } else { false }
        let next = isBackward || hasMore ? last : nil
        let previous = isBackward ? (hasMore ? first : nil) : (isStart ? nil : first)
        bytes.append(contentsOf: pageObject(next: next, previous: previous, total: total, hasMore: hasMore))
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private func pageObject(next: Place?, previous: Place?, total: Int64?, hasMore: Bool) -> [UInt8] {
        var writer = JSONWriter(capacity: 300)
        writer.beginObject()
        writer.field("limit", request.limit)
        if case .page(let number) = request.place {
            writer.field("next", String?.none)
            writer.field("previous", String?.none)
            writer.field("number", number)
            writer.field("pages", total.map { ($0 + Int64(request.limit) - 1) / Int64(request.limit) })
        } else {
            writer.field("next", next.map { cursor($0, isBackward: false) })
            writer.field("previous", previous.map { cursor($0, isBackward: true) })
        }
        writer.field("total", total)
        writer.field("estimated", request.count == .estimate)
        writer.endObject()
        return writer.bytes
    }

    private func place(_ rows: Rows, _ row: Int) -> Place? {
        guard let id = rows.id(row, rows.columnCount - 1) else { return nil }
        let keys = (1..<(rows.columnCount - 1)).map { rows[row, $0] }
        return Place(keys: keys, id: id)
    }

    private func cursor(_ place: Place, isBackward: Bool) -> String {
        Cursor(fingerprint: request.fingerprint, keys: place.keys, id: place.id, isBackward: isBackward)
            .text(signedWith: context.cursorKey)
    }
}
