internal import Tabular
internal import Wire

/// An import as the database keeps it.
struct StoredImport: Sendable {
    let id: UUIDv7
    let entity: EntityDefinition
    let path: String
    let status: ImportStatus
    let format: DelimitedFormat
    let columns: [ImportColumn]
    /// As it was put; nil before.
    let mapping: JSON?
    let counts: ImportCounts
    let done: Int64
    let total: Int64
    /// 1, or 2 while references into the same file are set.
    let pass: Int
    /// Where the next row starts.
    let position: RecordPosition
    /// Whether the file is still there: it is removed some time after the import's end.
    var hasFile: Bool { json["file_removed_at"]?.stringValue == nil }
    /// Everything that was read, for the answer.
    let json: JSON

    /// Nil when the entity is no longer compiled in.
    init?(_ json: JSON, registry: Registry) {
        guard let id = json["id"]?.stringValue.flatMap({ UUIDv7($0) }),
            let entity = json["entity"]?.stringValue.flatMap({ registry.entity($0) }),
            let status = json["status"]?.stringValue.flatMap({ ImportStatus(rawValue: $0) })
        else { return nil }
        self.id = id
        self.entity = entity
        self.status = status
        self.json = json
        path = json["file_path"]?.stringValue ?? ""
        format = Self.format(json)
        columns = (json["columns"]?.arrayValue ?? []).map { ImportColumn($0) }
        mapping = json["mapping"] == .null ? nil : json["mapping"]
        counts = ImportCounts(json["counts"])
        done = json["done"]?.integerValue ?? 0
        total = json["total"]?.integerValue ?? 0
        pass = Int(json["pass"]?.integerValue ?? 1)
        position = RecordPosition(
            byteOffset: json["next_offset"]?.integerValue ?? 0,
            line: max(1, Int(json["next_line"]?.integerValue ?? 1)))
    }

    private static func format(_ json: JSON) -> DelimitedFormat {
        let format = json["format"]
        return DelimitedFormat(
            encoding: json["encoding"]?.stringValue.flatMap { TextEncoding(rawValue: $0) } ?? .utf8,
            separator: json["separator"]?.stringValue.flatMap { DelimitedFormat.Separator(rawValue: $0) }
                ?? .comma,
            quote: format?["quote"]?.stringValue.flatMap { DelimitedFormat.Quote(rawValue: $0) },
            hasHeader: format?["has_header"]?.boolValue ?? true,
            columns: (format?["columns"]?.arrayValue ?? []).compactMap(\.stringValue))
    }

    /// The part of a format that has no column of its own.
    static func json(of format: DelimitedFormat) -> JSON {
        [
            "quote": format.quote.map { .string($0.rawValue) } ?? .null,
            "has_header": .bool(format.hasHeader),
            "columns": .array(format.columns.map { .string($0) }),
        ]
    }
}
