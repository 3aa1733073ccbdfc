/// The statements of a migration as the check reads them: words in lower case, without literals, bodies of
/// functions and comments; what a comment before a statement promises is kept.
struct MigrationScript {
    /// One statement.
    struct Statement {
        /// Words and signs, such as `alter`, `table`, `kernel.teams`, `(`.
        var words: [String] = []
        /// Whether a comment `-- expand/contract:` stands before or in it: the columns are unused by now.
        var isContract = false

        /// Whether `sequence` stands in it, word by word.
        func has(_ sequence: String...) -> Bool {
            guard words.count >= sequence.count else { return false }
            return (0...(words.count - sequence.count)).contains { start in
                words[start..<(start + sequence.count)].elementsEqual(sequence)
            }
        }

        /// Whether it begins with `sequence`.
        func begins(_ sequence: String...) -> Bool { words.starts(with: sequence) }
    }

    private(set) var statements: [Statement] = []
    private var current = Statement()
    private var bytes: ArraySlice<UInt8>

    init(_ text: String) {
        bytes = ArraySlice(text.utf8)
        while !bytes.isEmpty { readNext() }
        endStatement()
    }

    private mutating func readNext() {
        switch bytes.first {
        case UInt8(ascii: "-") where starts(with: "--"): readComment()
        case UInt8(ascii: "/") where starts(with: "/*"): skip(to: "*/")
        case UInt8(ascii: "'"): skip(to: "'")
        case UInt8(ascii: "$"): readDollar()
        case UInt8(ascii: ";"):
            bytes.removeFirst()
            endStatement()
        case let byte? where Self.isWord(byte): readWord()
        case let byte? where byte > UInt8(ascii: " "):
            current.words.append(String(decoding: [byte], as: UTF8.self))
            bytes.removeFirst()
        default: bytes.removeFirst()
        }
    }

    private mutating func readComment() {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        if line.starts(with: "-- expand/contract:".utf8) { current.isContract = true }
        bytes = bytes.dropFirst(line.count)
    }

    /// A body between `$tag$` and the same again is nobody's statement until the function runs; `$1` is a
    /// sign.
    private mutating func readDollar() {
        let tag = bytes.dropFirst().prefix {
            Self.isWord($0) && $0 != UInt8(ascii: "$") && $0 != UInt8(ascii: ".")
        }
        guard bytes.dropFirst(tag.count + 1).first == UInt8(ascii: "$") else {
            bytes.removeFirst()
            return
        }
        skip(to: "$\(String(decoding: tag, as: UTF8.self))$")
    }

    private mutating func readWord() {
        let word = bytes.prefix(while: Self.isWord)
        current.words.append(String(decoding: word, as: UTF8.self).lowercased())
        bytes = bytes.dropFirst(word.count)
    }

    private mutating func endStatement() {
        if !current.words.isEmpty { statements.append(current) }
        current = Statement()
    }

    /// Drops an opening mark and all up to and with the closing one.
    private mutating func skip(to end: String) {
        let mark = Array(end.utf8)
        bytes = bytes.dropFirst(mark.count)
        while !bytes.isEmpty, !bytes.starts(with: mark) { bytes.removeFirst() }
        bytes = bytes.dropFirst(mark.count)
    }

    private func starts(with text: String) -> Bool { bytes.starts(with: text.utf8) }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "\""),
            0x80...:
            true
        default: false
        }
    }
}
