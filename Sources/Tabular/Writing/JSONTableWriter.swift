internal import Wire

/// Writes a JSON array with an object for each row, by the API's rules: money in minor units beside
/// `<key>_currency`, instants RFC 3339 in UTC, decimals exact. A class, as the protocol asks.
public final class JSONTableWriter: TableWriter {
    private let output: TableOutput
    private var keys: [String] = []
    private var rows = 0

    /// Writes to `output`.
    public init(to output: TableOutput) {
        self.output = output
    }

    /// Opens the array.
    public func begin(columns: [TableColumn]) throws(TableFileError) {
        keys = columns.map(\.key)
        try output.write { $0.append(UInt8(ascii: "[")) }
    }

    /// Writes one object.
    public func row(_ cells: [Cell]) throws(TableFileError) {
        var writer = JSONWriter(capacity: 64 * cells.count)
        writer.beginObject()
        for (key, cell) in zip(keys, cells) {
            writer.key(key)
            Self.write(cell, key: key, to: &writer)
        }
        writer.endObject()
        let isFirst = rows == 0
        rows += 1
        try output.write { bytes in
            bytes.append(contentsOf: isFirst ? [0x0A] : [0x2C, 0x0A])
            bytes.append(contentsOf: writer.bytes)
        }
    }

    /// Closes the array.
    public func finish() throws(TableFileError) {
        try output.write { $0.append(contentsOf: [0x0A, UInt8(ascii: "]"), 0x0A]) }
        try output.flush()
    }

    private static func write(_ cell: Cell, key: String, to writer: inout JSONWriter) {
        switch cell {
        case .null: writer.null()
        case .text(let text), .verbatim(let text): writer.string(text)
        case .integer(let value): writer.integer(value)
        case .decimal(let scaled, let digits):
            var bytes: [UInt8] = []
            DecimalNotation(scaled: scaled, digits: digits).append(to: &bytes)
            writer.raw(bytes)
        case .boolean(let value): writer.bool(value)
        case .date(let date): writer.date(date)
        case .instant(let instant): writer.instant(instant)
        case .money(let minor, let currency):
            writer.integer(minor)
            writer.field("\(key)_currency", currency)
        }
    }
}
