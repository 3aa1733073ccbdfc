/// Names for a table's columns.
enum ColumnNames {
    /// The header's names, trimmed; one that is empty gets its letter, one that came before a number.
    static func from(header: [String]) -> [String] {
        var taken: Set<String> = []
        return header.enumerated().map { index, field in
            let trimmed = field.trimmed
            let name = trimmed.isEmpty ? letters(of: index) : trimmed
            var unique = name
            var number = 2
            while !taken.insert(unique).inserted {
                unique = "\(name) (\(number))"
                number += 1
            }
            return unique
        }
    }

    /// A, B, … Z, AA, AB, … as a spreadsheet names them.
    static func letters(count: Int) -> [String] {
        (0..<count).map(letters(of:))
    }

    private static func letters(of index: Int) -> String {
        let last = Unicode.Scalar(UInt8(0x41 + index % 26))
        return index < 26 ? String(last) : letters(of: index / 26 - 1) + String(last)
    }
}
