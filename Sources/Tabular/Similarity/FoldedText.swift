/// A text as it is compared: lower case, accents off Latin letters, punctuation and spaces gone.
struct FoldedText: Sendable, Equatable {
    /// All letters and digits, one behind the other, as Unicode scalars.
    let letters: [UInt32]
    /// The same, word by word.
    let words: [[UInt32]]

    init(_ text: String) {
        var words: [[UInt32]] = []
        var word: [UInt32] = []
        for scalar in text.unicodeScalars {
            if Self.append(scalar, to: &word) { continue }
            if !word.isEmpty { words.append(word) }
            word.removeAll(keepingCapacity: true)
        }
        if !word.isEmpty { words.append(word) }
        self.words = words
        letters = Array(words.joined())
    }

    /// The words in alphabetical order, joined: the same for `Rossi Mario` and `Mario Rossi`.
    var sortedLetters: [UInt32] {
        Array(words.sorted { $0.lexicographicallyPrecedes($1) }.joined())
    }

    /// Adds what the scalar folds to; false when it ends a word.
    private static func append(_ scalar: Unicode.Scalar, to word: inout [UInt32]) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A: word.append(scalar.value)
        case 0x41...0x5A: word.append(scalar.value | 0x20)
        case 0...0x7F: return isApostrophe(scalar)
        case 0xC0...0x17F:
            guard let folded = LatinLetters.folded(scalar) else { return false }
            word.append(contentsOf: folded)
        case 0x300...0x36F, 0x2019: return true
        default:
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return false }
            word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars.map(\.value))
        }
        return true
    }

    /// `D'Angelo` and `dangelo` are one word.
    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" }
}
