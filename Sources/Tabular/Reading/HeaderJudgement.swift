/// Whether a table's first row names its columns.
struct HeaderJudgement {
    private let first: [String]
    private let others: ArraySlice<[String]>

    init(rows: [[String]]) {
        first = rows.first ?? []
        others = rows.dropFirst().prefix(200)
    }

    /// A first row with a number, a date or an address holds values. Else it is a header when its names
    /// differ for the most part, are short and none of them comes again as a value below.
    var hasHeader: Bool {
        let names = first.map(\.trimmed)
        let filled = names.filter { !$0.isEmpty }
        guard !filled.isEmpty, filled.count * 2 >= names.count else { return false }
        if filled.contains(where: Self.isValue) { return hasYearsOverNumbers(names) }
        guard Set(filled.map { $0.lowercased() }).count * 2 >= filled.count else { return false }
        guard filled.allSatisfy({ $0.utf8.count <= 100 }) else { return false }
        return !comesAgain(names)
    }

    /// Headers such as `name,2023,2024`: the first is text, the numbers are years, and what is below them is
    /// not text.
    private func hasYearsOverNumbers(_ names: [String]) -> Bool {
        guard let label = names.first, !Self.isValue(label), !others.isEmpty else { return false }
        let years = names.indices.filter { Self.isValue(names[$0]) }
        return years.count > 1 && Set(years.map { names[$0] }).count == years.count
            && years.allSatisfy { index in
                Int(names[index]).map { (1900...2100).contains($0) } ?? false
            } && !comesAgain(names)
            && others.allSatisfy { row in
                !years.contains {
                    $0 < row.count && Int(row[$0].trimmed).map { (1900...2100).contains($0) } ?? false
                }
            }
    }

    private func comesAgain(_ names: [String]) -> Bool {
        others.contains { row in
            names.indices.contains { $0 < row.count && !names[$0].isEmpty && row[$0].trimmed == names[$0] }
        }
    }

    private static func isValue(_ text: String) -> Bool {
        text.withTrimmedBytes { text in
            ScannedNumber(text) != nil || ScannedDate(text) != nil || TextShape.isEmail(text)
                || TextShape.isURL(text)
        }
    }
}
