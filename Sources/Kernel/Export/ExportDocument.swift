internal import HTTP
internal import Postgres
internal import Wire

/// An export as a JSON array of the records, each as the list gives it: their bytes go through as they come.
struct ExportDocument: Sendable {
    let query: ExportQuery
    let request: ListRequest
    /// Only these members, where `fields=` was asked.
    let only: Set<String>?

    /// The array, a portion at a time.
    var body: Response.Body {
        .stream { [self] (writer: ResponseWriter) in
            let context = query.context
            let select = RecordSelect(
                entity: request.entity, authorizer: context.authorizer, registry: context.runtime.registry,
                only: only)
            var isFirst = true
            try await query.forEach([select.expression("t")]) { rows in
                var bytes: [UInt8] = []
                bytes.reserveCapacity(rows.count * 640)
                for row in 0..<rows.count {
                    bytes.append(UInt8(ascii: isFirst ? "[" : ","))
                    bytes.append(0x0A)
                    isFirst = false
                    rows.append(row, 0, to: &bytes)
                }
                try await writer.write(bytes)
            }
            try await writer.write(Array((isFirst ? "[]\n" : "\n]\n").utf8))
        }
    }
}
