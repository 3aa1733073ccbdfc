/// Why a document is not acceptable JSON, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong; the raw values are stable and may be shown.
    public enum Reason: String, Sendable {
        /// Bytes that are no UTF-8 (RFC 3629).
        case invalidUTF8 = "invalid_utf8"
        /// More nesting than the limits allow.
        case tooDeep = "too_deep"
        /// A key stands twice in one object.
        case duplicateKey = "duplicate_key"
        /// U+0000, which PostgreSQL can't store.
        case nulCharacter = "nul_character"
        /// An unknown escape or half a surrogate pair.
        case badEscape = "bad_escape"
        /// Not a number of RFC 8259, or too long.
        case badNumber = "bad_number"
        /// A byte that can't stand there.
        case unexpected
        /// The document ends too early.
        case unfinished
        /// Something follows the value.
        case trailing
    }

    /// Bytes before the fault.
    public let offset: Int
    /// What is wrong.
    public let reason: Reason

    /// Creates an error at `offset` bytes.
    public init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    /// The reason and the offset, nothing of the document.
    public var description: String {
        "JSON refused at byte \(offset): \(reason.rawValue)"
    }
}
