/// Splits UTF-8 bytes into records by the rules of RFC 4180, leniently; bytes in, records out, no I/O.
///
/// Lines end in LF, CR LF or CR. A quote inside an unquoted field is text. A quote inside a quoted field that
/// is followed neither by a quote nor by the field's end is text too, and noted. Spaces before an opening and
/// after a closing quote are passed over.
struct RecordScanner {
    private enum State {
        case fieldStart
        case unquoted
        case quoted
        case quoteSeen(spaces: Int)
        case carriageReturn
    }

    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
    private static let space: UInt8 = 0x20

    private(set) var record: ScannedRecord
    /// The physical line being read, from 1.
    private(set) var line: Int
    private let separator: UInt8
    private let quote: UInt8?
    private var state = State.fieldStart
    private var leadingSpaces = 0
    private var endedInCarriageReturn = false

    init(separator: UInt8, quote: UInt8?, line: Int = 1, limits: RecordLimits = RecordLimits()) {
        self.separator = separator
        self.quote = quote
        self.line = line
        record = ScannedRecord(limits: limits)
    }

    /// Forgets the record read, for the next one.
    mutating func reset() {
        record.reset()
        state = .fieldStart
        leadingSpaces = 0
        endedInCarriageReturn = false
    }

    /// Reads on from `index`, which it moves, to the end of the record or of the bytes.
    ///
    /// - Returns: whether the record is complete.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>, from index: inout Int) -> Bool {
        while index < bytes.count {
            switch state {
            case .fieldStart: if startField(bytes, &index) { return true }
            case .unquoted: if readUnquoted(bytes, &index) { return true }
            case .quoted: readQuoted(bytes, &index)
            case .quoteSeen(let spaces): if afterQuote(bytes, &index, spaces: spaces) { return true }
            case .carriageReturn:
                if bytes[index] == Self.lineFeed { index += 1 }
                return true
            }
        }
        return false
    }

    /// Ends the record at the end of the file.
    ///
    /// - Returns: whether there is one; `isUnclosed` tells of a quote that was never closed.
    mutating func finish() -> (hasRecord: Bool, isUnclosed: Bool) {
        switch state {
        case .carriageReturn: return (true, false)
        case .fieldStart where record.width == 0: return (false, false)
        case .fieldStart, .unquoted, .quoteSeen:
            record.endField()
            return (true, false)
        case .quoted:
            record.endField()
            return (true, true)
        }
    }

    private mutating func startField(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        if bytes[index] == quote {
            openQuote()
            index += 1
            return false
        }
        state = .unquoted
        return readUnquoted(bytes, &index)
    }

    private mutating func openQuote() {
        record.quotedFields += 1
        record.quoteLine = line
        endedInCarriageReturn = false
        state = .quoted
    }

    private mutating func readUnquoted(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { break }
            if byte == quote, opensAfterSpaces(bytes, start, index) {
                index += 1
                return false
            }
            if byte < 0x20 || byte == 0x7F { note(control: byte) }
            index += 1
        }
        record.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        return index < bytes.count && endField(bytes[index], &index)
    }

    /// Opens a quoted field when only spaces stand before the quote.
    private mutating func opensAfterSpaces(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ index: Int)
        -> Bool
    {
        let earlier = record.bytes[record.fieldStart...]
        guard earlier.count + index - start < 16, earlier.allSatisfy({ $0 == Self.space }),
            bytes[start..<index].allSatisfy({ $0 == Self.space })
        else { return false }
        leadingSpaces = earlier.count + index - start
        record.clearField()
        openQuote()
        return true
    }

    /// Takes the separator or line end at `index`; true when the record is complete.
    private mutating func endField(_ byte: UInt8, _ index: inout Int) -> Bool {
        record.endField()
        leadingSpaces = 0
        index += 1
        if byte == separator {
            state = .fieldStart
            return false
        }
        line += 1
        guard byte == Self.carriageReturn else { return true }
        state = .carriageReturn
        return false
    }

    private mutating func readQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) {
        let start = index
        while index < bytes.count, bytes[index] != quote {
            let byte = bytes[index]
            if byte < 0x20 || byte == 0x7F { noteInQuotes(byte) } else { endedInCarriageReturn = false }
            index += 1
        }
        record.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        guard index < bytes.count else { return }
        index += 1
        state = .quoteSeen(spaces: 0)
    }

    private mutating func noteInQuotes(_ byte: UInt8) {
        if byte == Self.carriageReturn {
            line += 1
        } else if byte == Self.lineFeed {
            if !endedInCarriageReturn { line += 1 }
        } else {
            note(control: byte)
        }
        endedInCarriageReturn = byte == Self.carriageReturn
    }

    private mutating func note(control byte: UInt8) {
        if byte == 0 {
            record.nulCharacter = record.nulCharacter ?? record.width
        } else if byte != 0x09 {
            record.controlCharacter = record.controlCharacter ?? record.width
        }
    }

    private mutating func afterQuote(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, spaces: Int
    ) -> Bool {
        let byte = bytes[index]
        if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn {
            return endField(byte, &index)
        }
        endedInCarriageReturn = false
        if byte == quote, spaces == 0 {
            record.append(byte)
            index += 1
            state = .quoted
        } else if byte == Self.space {
            index += 1
            state = .quoteSeen(spaces: spaces + 1)
        } else {
            readStrayQuote(spaces: spaces)
        }
        return false
    }

    /// A quote that neither closes the field nor is doubled. After `""` at the field's start, or in a field
    /// that had spaces before its quote, the quotes were text from the start; else the field goes on, quoted.
    private mutating func readStrayQuote(spaces: Int) {
        guard let quote else { return }
        record.strayQuote = record.strayQuote ?? record.width
        let content = record.bytes[record.fieldStart...]
        let isPlain = !content.contains {
            $0 == separator || $0 == Self.lineFeed || $0 == Self.carriageReturn
        }
        if content.isEmpty || (leadingSpaces > 0 && isPlain) {
            record.restore(spaces: leadingSpaces, quote: quote)
            record.quotedFields -= 1
            state = .unquoted
        } else {
            state = .quoted
        }
        record.append(quote)
        for _ in 0..<spaces { record.append(Self.space) }
    }
}
