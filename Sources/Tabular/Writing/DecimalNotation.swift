/// A scaled integer written with its decimals, exactly.
struct DecimalNotation {
    let scaled: Int64
    let digits: Int

    /// Adds the number as ASCII: `-1,234.50`.
    func append(to bytes: inout [UInt8], in format: NumberFormat = .point) {
        var text = [UInt8](String(scaled.magnitude).utf8)
        if text.count <= digits {
            text.insert(contentsOf: [UInt8](repeating: 0x30, count: digits + 1 - text.count), at: 0)
        }
        if scaled < 0 { bytes.append(0x2D) }
        let units = text.count - max(0, digits)
        for index in 0..<units {
            if index > 0, (units - index) % 3 == 0, let mark = format.groupMark { bytes.append(mark) }
            bytes.append(text[index])
        }
        guard digits > 0 else { return }
        bytes.append(format.decimalMark)
        bytes.append(contentsOf: text[units...])
    }

    /// The nearest floating-point number, and whether all its digits survive in a spreadsheet, which keeps
    /// 15.
    var approximation: (value: Double, isExact: Bool) {
        var value = Double(scaled)
        for _ in 0..<max(0, digits) { value /= 10 }
        return (value, scaled.magnitude < 1_000_000_000_000_000)
    }
}
