/// Reads a delimited file row by row, in bounded memory whatever its size: blocks of 64 KB and one row.
///
/// Blank lines are passed over but counted; the header and a spreadsheet's `sep=;` line are not given as
/// rows. A class, for it owns the open file; use it from one task at a time.
public final class RecordReader {
    /// What the file is read as.
    public let format: DelimitedFormat
    /// Where the next row starts: a reader made from it gives the same rows as this one would.
    public private(set) var position: RecordPosition

    private let blocks: TextBlocks
    private let limits: RecordLimits
    private var scanner: RecordScanner
    private var index = 0
    private var measured = 0
    private var isAtEnd = false

    /// Opens the file at `path`, at the first row or at a position that an earlier reader gave.
    public init(
        path: String, format: DelimitedFormat, from position: RecordPosition = .start,
        limits: RecordLimits = RecordLimits()
    ) throws(TableFileError) {
        let file = try InputFile(path: path)
        self.format = format
        self.limits = limits
        blocks = try TextBlocks(file: file, encoding: format.encoding, from: position.byteOffset)
        scanner = RecordScanner(
            separator: format.separator.byte, quote: format.quote?.byte, line: position.line, limits: limits)
        let start =
            position.byteOffset == 0
            ? try TextBlocks.textStart(of: file, format.encoding) : position.byteOffset
        self.position = RecordPosition(byteOffset: start, line: position.line)
        if position.byteOffset == 0 { try skipHead() }
    }

    /// The next row, or nil at the end of the file.
    public func next() throws(TableFileError) -> Row? {
        guard let (start, isUnclosed) = try nextRecord() else { return nil }
        return row(from: start, isUnclosed: isUnclosed)
    }

    /// The file's bytes of a row, line end included, as they are there; at most `limit` of them.
    public func originalBytes(of row: Row, limit: Int = 1 << 20) throws(TableFileError) -> [UInt8] {
        try blocks.file.bytes(at: row.byteOffset, count: min(limit, Int(row.byteLength)))
    }

    /// The row's original text, quotes and all, without its line end; at most `limit` bytes of it.
    public func originalText(of row: Row, limit: Int = 1 << 20) throws(TableFileError) -> String {
        let text = try TextConverter.text(of: originalBytes(of: row, limit: limit), in: format.encoding)
        var end = text.unicodeScalars.endIndex
        while end > text.unicodeScalars.startIndex {
            let before = text.unicodeScalars.index(before: end)
            guard text.unicodeScalars[before] == "\n" || text.unicodeScalars[before] == "\r" else { break }
            end = before
        }
        return String(text.unicodeScalars[..<end])
    }

    private func skipHead() throws(TableFileError) {
        guard let (start, isUnclosed) = try nextRecord() else { return }
        let first = row(from: start, isUnclosed: isUnclosed)
        if SeparatorLine(fields: first.fields, separator: format.separator) != nil {
            guard format.hasHeader else { return }
            _ = try nextRecord()
        } else if !format.hasHeader {
            rewind(to: start)
        }
    }

    /// Reading starts again at the first row, which was read to see whether it is one.
    private func rewind(to start: RecordPosition) {
        blocks.restart(at: start.byteOffset)
        scanner = RecordScanner(
            separator: format.separator.byte, quote: format.quote?.byte, line: start.line, limits: limits)
        (index, measured, isAtEnd, position) = (0, 0, false, start)
    }

    /// Scans up to the end of the next record that is not blank; gives where it starts.
    private func nextRecord() throws(TableFileError) -> (start: RecordPosition, isUnclosed: Bool)? {
        while !isAtEnd {
            let start = position
            var isUnclosed = false
            scanner.reset()
            while !scanner.scan(blocks.block, from: &index) {
                measure()
                (index, measured) = (0, 0)
                guard try !blocks.advance() else { continue }
                isAtEnd = true
                let (hasRecord, unclosed) = scanner.finish()
                guard hasRecord else { return nil }
                isUnclosed = unclosed
                break
            }
            measure()
            if !scanner.record.isBlank || isUnclosed { return (start, isUnclosed) }
        }
        return nil
    }

    /// Moves the position on by what was scanned since it was last moved.
    private func measure() {
        let passed = UnsafeBufferPointer(rebasing: blocks.block[measured..<index])
        let offset = position.byteOffset + Int64(format.encoding.originalLength(of: passed))
        position = RecordPosition(byteOffset: min(offset, blocks.file.size), line: scanner.line)
        measured = index
    }

    private func row(from start: RecordPosition, isUnclosed: Bool) -> Row {
        let record = scanner.record
        var undecodable: Int?
        var fields: [String] = []
        fields.reserveCapacity(record.ends.count)
        record.bytes.withUnsafeBufferPointer { bytes in
            var begin = 0
            for end in record.ends {
                let field = UnsafeBufferPointer(rebasing: bytes[begin..<end])
                let (text, isWhole) = Self.text(of: field, in: format.encoding)
                if !isWhole { undecodable = undecodable ?? fields.count }
                fields.append(text)
                begin = end
            }
        }
        return Row(
            line: start.line, byteOffset: start.byteOffset,
            byteLength: position.byteOffset - start.byteOffset,
            fields: fields, problem: problem(isUnclosed: isUnclosed, undecodable: undecodable))
    }

    /// A field's text, and whether all of it could be decoded.
    private static func text(
        of field: UnsafeBufferPointer<UInt8>, in encoding: TextEncoding
    ) -> (text: String, isWhole: Bool) {
        guard let text = String(validating: field, as: UTF8.self) else {
            return (String(decoding: field, as: UTF8.self), false)
        }
        guard encoding != .utf8, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return (text, true) }
        return (text, !text.unicodeScalars.contains("\u{FFFD}"))
    }

    private func problem(isUnclosed: Bool, undecodable: Int?) -> RowProblem? {
        let record = scanner.record
        if isUnclosed { return .unclosedQuote(line: record.quoteLine ?? scanner.line) }
        if record.isTooLong { return .rowTooLong(limit: limits.row) }
        if let column = record.tooLongField { return .fieldTooLong(column: column, limit: limits.field) }
        if record.width > limits.columns { return .tooManyFields(found: record.width, limit: limits.columns) }
        if record.width != format.columns.count, !format.columns.isEmpty {
            return .width(found: record.width, expected: format.columns.count)
        }
        if let column = record.nulCharacter { return .nulCharacter(column: column) }
        if let column = undecodable { return .undecodable(column: column) }
        if let column = record.controlCharacter { return .controlCharacter(column: column) }
        return record.strayQuote.map { .strayQuote(column: $0) }
    }
}
