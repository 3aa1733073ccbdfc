internal import Wire

/// Where a piece of work stands in a larger one: W3C Trace Context, `traceparent`.
public struct Trace: Sendable, Equatable {
    /// 32 hexadecimal digits, the same for all that belongs together.
    public let traceID: String
    /// 16 hexadecimal digits: this step.
    public let spanID: String
    private let flags: String

    /// A new step of the work that a request names; of a new work where it names none, two or no valid one.
    init(following headers: [String]) {
        let parent = headers.count == 1 ? Trace(header: headers[0]) : nil
        let id = UUIDv7.make()
        traceID = parent?.traceID ?? Self.hex(id.high, id.low)
        spanID = Self.newSpan()
        flags = parent?.flags ?? "00"
    }

    /// Reads a `traceparent`, strictly; of later versions what version 00 defines of it.
    init?(header: String) {
        let parts = header.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count >= 4, parts.map(\.count)[..<4] == [2, 32, 16, 2],
            parts[..<4].allSatisfy({ $0.allSatisfy(Self.isHexadecimal) })
        else { return nil }
        let texts = parts.map { String(Substring($0)) }
        guard texts[0] != "ff", texts[0] != "00" || parts.count == 4 else { return nil }
        guard parts[1].contains(where: { $0 != UInt8(ascii: "0") }),
            parts[2].contains(where: { $0 != UInt8(ascii: "0") })
        else { return nil }
        traceID = texts[1]
        spanID = texts[2]
        flags = texts[3].hasOddDigit ? "01" : "00"
    }

    private init(traceID: String, spanID: String, flags: String) {
        self.traceID = traceID
        self.spanID = spanID
        self.flags = flags
    }

    /// A step that follows from this one.
    var child: Trace { Trace(traceID: traceID, spanID: Self.newSpan(), flags: flags) }

    /// As `traceparent` says it.
    public var header: String { "00-\(traceID)-\(spanID)-\(flags)" }

    /// The lower half of a new id is random, and never all zero.
    private static func newSpan() -> String { String(hex(0, UUIDv7.make().low).suffix(16)) }

    private static func hex(_ high: UInt64, _ low: UInt64) -> String {
        UUIDv7(high: high, low: low).description.replacing("-", with: "")
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}

extension String {
    /// Whether the last bit of a hexadecimal number is set; of the flags only that one, "sampled", is
    /// defined.
    fileprivate var hasOddDigit: Bool { last?.hexDigitValue.map { !$0.isMultiple(of: 2) } ?? false }
}
