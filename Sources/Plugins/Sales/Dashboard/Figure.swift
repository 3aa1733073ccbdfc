internal import Wire

/// A number, the same one for the period before, and the list behind it.
struct Figure {
    let value: Int64?
    let previous: Int64?
    let filter: String

    func write(_ key: String, to writer: inout JSONWriter) {
        writer.key(key)
        writer.beginObject()
        writer.field("value", value)
        writer.field("previous", previous)
        writer.field("filter", filter)
        writer.endObject()
    }
}

/// The same of money in one currency, in minor units.
struct MoneyFigure {
    let currency: String
    let value: Int64
    let previous: Int64?
    let filter: String
}

extension [MoneyFigure] {
    func write(_ key: String, to writer: inout JSONWriter) {
        writer.key(key)
        writer.beginArray()
        for figure in self {
            writer.beginObject()
            writer.field("currency", figure.currency)
            writer.field("value", figure.value)
            writer.field("previous", figure.previous)
            writer.field("filter", figure.filter)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension Int64 {
    /// The whole number nearest to the quotient; nil without anything to divide by.
    func divided(by other: Int64, times factor: Int64 = 1) -> Int64? {
        guard other > 0 else { return nil }
        return Int64((Double(self) * Double(factor) / Double(other)).rounded())
    }

    /// A sum that stays at the largest number.
    func capped(adding other: Int64) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}
