internal import Wire

/// Where a piece of work stands in a larger one: W3C Trace Context, `traceparent`.
///
/// Kept as numbers: their digits are written when a log line or another server asks for them.
public struct Trace: Sendable, Equatable {
    private let high: UInt64
    private let low: UInt64
    private let span: UInt64
    private let isSampled: Bool

    /// 32 hexadecimal digits, the same for all that belongs together.
    public var traceID: String { Self.digits(high) + Self.digits(low) }
    /// 16 hexadecimal digits: this step.
    public var spanID: String { Self.digits(span) }

    /// A new step of the work that a request names; of a new work where it names none, two or no valid one.
    init(following headers: [String]) {
        let parent = headers.count == 1 ? Trace(header: headers[0]) : nil
        let id = UUIDv7.make()
        self.init(
            high: parent?.high ?? id.high, low: parent?.low ?? id.low, isSampled: parent?.isSampled ?? false)
    }

    /// Reads a `traceparent`, strictly; of later versions what version 00 defines of it.
    init?(header: String) {
        let parts = header.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count >= 4, parts.map(\.count)[..<4] == [2, 32, 16, 2],
            let version = Self.number(parts[0]), version != 0xff, version != 0 || parts.count == 4,
            let high = Self.number(parts[1].prefix(16)), let low = Self.number(parts[1].suffix(16)),
            let span = Self.number(parts[2]), let flags = Self.number(parts[3]),
            high | low != 0, span != 0
        else { return nil }
        self.high = high
        self.low = low
        self.span = span
        // Of the flags only the last is defined.
        isSampled = !flags.isMultiple(of: 2)
    }

    /// The lower half of a new id is random, and never all zero.
    private init(high: UInt64, low: UInt64, isSampled: Bool) {
        self.high = high
        self.low = low
        self.isSampled = isSampled
        span = UUIDv7.make().low
    }

    /// A step that follows from this one.
    var child: Trace { Trace(high: high, low: low, isSampled: isSampled) }

    /// As `traceparent` says it.
    public var header: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    private static func digits(_ number: UInt64) -> String {
        Hex.encode((0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) })
    }

    /// The number of lower-case hexadecimal digits; nil where there is another character.
    private static func number(_ digits: some Sequence<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for byte in digits {
            switch byte {
            case 0x30...0x39: number = number << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: number = number << 4 | UInt64(byte - 0x57)
            default: return nil
            }
        }
        return number
    }
}
