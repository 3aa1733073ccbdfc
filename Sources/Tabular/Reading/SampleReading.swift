/// A file's beginning read with one separator and quote, and how well that goes.
struct SampleReading {
    let separator: DelimitedFormat.Separator
    let quote: DelimitedFormat.Quote
    private(set) var rows: [[String]] = []
    private(set) var quotedFields = 0
    private(set) var strayQuotes = 0
    /// Whether the file's first line says `sep=` and this separator.
    private(set) var isNamedByFile = false

    init(
        _ text: [UInt8], separator: DelimitedFormat.Separator, quote: DelimitedFormat.Quote, isWhole: Bool,
        rowLimit: Int
    ) {
        self.separator = separator
        self.quote = quote
        var scanner = RecordScanner(
            separator: separator.byte, quote: quote.byte, limits: RecordLimits(columns: text.count))
        text.withUnsafeBufferPointer { bytes in
            var index = 0
            while rows.count < rowLimit {
                scanner.reset()
                if !scanner.scan(bytes, from: &index) {
                    let end = scanner.finish()
                    // The last row of a part of a file may be cut.
                    if end.hasRecord, isWhole || rows.isEmpty {
                        add(scanner.record, isUnclosed: end.isUnclosed)
                    }
                    return
                }
                add(scanner.record, isUnclosed: false)
            }
        }
    }

    private mutating func add(_ record: ScannedRecord, isUnclosed: Bool) {
        guard !record.isBlank else { return }
        let fields = record.fields
        if rows.isEmpty, SeparatorLine(fields: fields, separator: separator) != nil {
            isNamedByFile = true
            return
        }
        rows.append(fields)
        quotedFields += record.quotedFields
        if record.strayQuote != nil || isUnclosed { strayQuotes += 1 }
    }

    /// The commonest number of fields.
    var width: Int {
        var counts: [Int: Int] = [:]
        for row in rows { counts[row.count, default: 0] += 1 }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    }

    /// Whether single quotes enclose fields rather than stand in words.
    var isQuotedThroughout: Bool { quotedFields >= max(2, rows.count / 2) && strayQuotes == 0 }

    /// Higher is likelier: rows of the same width, a first row of that width, fields that are whole values.
    var score: Double {
        guard !rows.isEmpty, width > 1 else { return rows.isEmpty ? -1 : 0 }
        let width = width
        let steady = Double(rows.count { $0.count == width }) / Double(rows.count)
        let firstFits = rows[0].count == width ? 1.0 : 0.6
        let breadth = Double(width - 1) / Double(width)
        let straying = 1 - 0.5 * Double(strayQuotes) / Double(rows.count)
        let quoting = quote == .single ? 1.01 : 1
        return steady * firstFits * breadth * (0.3 + 0.7 * wholeShare) * straying * quoting
    }

    /// The share of fields that are empty, a known kind of value, or text without any other separator.
    private var wholeShare: Double {
        var (fields, whole) = (0, 0)
        for row in rows.prefix(100) {
            for field in row {
                fields += 1
                if isWhole(field) { whole += 1 }
            }
        }
        return fields == 0 ? 0 : Double(whole) / Double(fields)
    }

    private func isWhole(_ field: String) -> Bool {
        field.withTrimmedBytes { text in
            let others = DelimitedFormat.Separator.allCases.filter { $0 != separator }.map(\.byte)
            if !text.contains(where: { others.contains($0) }) { return true }
            return ScannedNumber(text).map { number in
                NumberFormat.allCases.contains { NumberShape(of: number, in: $0) != nil }
            } ?? false
        }
    }
}
