/// The months' names in English and Italian, whole or cut to three letters.
enum MonthName {
    private static let starts: [(letters: String, month: Int)] = [
        ("jan", 1), ("gen", 1), ("feb", 2), ("mar", 3), ("apr", 4), ("may", 5), ("mag", 5), ("jun", 6),
        ("giu", 6),
        ("jul", 7), ("lug", 7), ("aug", 8), ("ago", 8), ("sep", 9), ("set", 9), ("oct", 10), ("ott", 10),
        ("nov", 11), ("dec", 12), ("dic", 12),
    ]
    private static let whole: Set<String> = [
        "january", "february", "march", "april", "june", "july", "august", "september", "sept", "october",
        "november", "december", "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio",
        "agosto",
        "settembre", "sett", "ottobre", "novembre", "dicembre",
    ]

    /// The first three letters of the English name.
    static func english(_ month: Int) -> String {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return names.indices.contains(month - 1) ? names[month - 1] : ""
    }

    /// The month, 1 to 12, of a name in any case.
    static func month(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
        guard name.count >= 3, name.count <= 9 else { return nil }
        let lowered = String(decoding: name.lazy.map(\.lowered), as: UTF8.self)
        guard let month = starts.first(where: { lowered.hasPrefix($0.letters) })?.month,
            name.count == 3 || whole.contains(lowered)
        else { return nil }
        return month
    }
}
