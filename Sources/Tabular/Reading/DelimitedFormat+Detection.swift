extension DelimitedFormat {
    /// How much of a file's text separator, quote and header are judged by.
    private static let sampleLength = 256 * 1024
    private static let sampleRows = 500

    /// Finds out how the file at `path` holds its table; the whole file is read to know its encoding.
    ///
    /// - Throws: `TableFileError.empty` when it holds no row, `.tooManyColumns` when the first has too many.
    public static func detect(path: String) throws(TableFileError) -> DelimitedFormat {
        let file = try InputFile(path: path)
        let encoding = try encoding(of: file)
        let sample = try sample(of: file, encoding)
        let readings = readings(of: sample.text, isWhole: sample.isWhole)
        guard let best = readings.max(by: { $0.score < $1.score }), let first = best.rows.first else {
            throw .empty
        }
        let limit = RecordLimits().columns
        guard first.count <= limit else { throw .tooManyColumns(found: first.count, limit: limit) }
        let hasHeader = HeaderJudgement(rows: best.rows).hasHeader
        let columns = hasHeader ? ColumnNames.from(header: first) : ColumnNames.letters(count: best.width)
        return DelimitedFormat(
            encoding: encoding, separator: best.separator, quote: best.quote, hasHeader: hasHeader,
            columns: columns)
    }

    /// By the byte order mark; without one UTF-8 if every byte of the file fits it, else windows-1252.
    private static func encoding(of file: InputFile) throws(TableFileError) -> TextEncoding {
        let head = try file.bytes(at: 0, count: 3)
        for encoding in [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian]
        where head.starts(with: encoding.byteOrderMark) && encoding != .utf8 {
            return encoding
        }
        let blocks = try TextBlocks(file: file, encoding: .utf8, from: 0)
        var check = UTF8Check()
        while check.isValid, try blocks.advance() { check.add(blocks.block) }
        return check.isComplete ? .utf8 : .windows1252
    }

    private static func sample(
        of file: InputFile, _ encoding: TextEncoding
    ) throws(TableFileError) -> (text: [UInt8], isWhole: Bool) {
        let blocks = try TextBlocks(file: file, encoding: encoding, from: 0)
        var text: [UInt8] = []
        while text.count < sampleLength {
            guard try blocks.advance() else { return (text, true) }
            text.append(contentsOf: blocks.block)
        }
        return (text, false)
    }

    /// The sample read in every way that it may be meant.
    private static func readings(of text: [UInt8], isWhole: Bool) -> [SampleReading] {
        let double = Separator.allCases.map {
            SampleReading(text, separator: $0, quote: .double, isWhole: isWhole, rowLimit: sampleRows)
        }
        if let named = double.first(where: { $0.isNamedByFile }) { return [named] }
        guard text.contains(Quote.single.byte), double.allSatisfy({ $0.quotedFields == 0 }) else {
            return double
        }
        let single = Separator.allCases.map {
            SampleReading(text, separator: $0, quote: .single, isWhole: isWhole, rowLimit: sampleRows)
        }
        return double + single.filter { $0.isQuotedThroughout }
    }
}
