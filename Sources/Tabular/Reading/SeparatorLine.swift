/// The line `sep=;` that spreadsheets put first to name the separator.
struct SeparatorLine {
    let separator: DelimitedFormat.Separator

    /// From a first row read with `separator`.
    init?(fields: [String], separator: DelimitedFormat.Separator) {
        guard fields.count == 2, fields[1].isEmpty, fields[0].lowercased() == "sep=" else { return nil }
        self.separator = separator
    }
}
