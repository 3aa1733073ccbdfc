/// Why a field's text is no value of the kind asked for; the raw value is a stable code for error lists.
public enum ValueFault: String, Error, Sendable, CaseIterable {
    /// Not a date of the chosen format.
    case notADate = "not_a_date"
    /// Not a time of day, or not an instant with its offset from UTC.
    case notAnInstant = "not_an_instant"
    /// Not a number of the chosen format.
    case notANumber = "not_a_number"
    /// None of the words for yes and no.
    case notABoolean = "not_a_boolean"
    /// Shaped rightly but no such day, or a number past 64 bits.
    case outOfRange = "out_of_range"
    /// More digits after the decimal mark than the field keeps, and they are not zeros.
    case tooManyDecimals = "too_many_decimals"
    /// Nothing there.
    case empty = "empty"
}
