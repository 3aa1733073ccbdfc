extension Instant {
    /// An instant from RFC 3339, such as `2026-11-21T10:30:00.5+01:00`, with any offset; nil for anything
    /// else.
    ///
    /// The fraction is cut to milliseconds. Second 60 is allowed where RFC 3339 allows it, at 23:59 UTC, and
    /// is the second that follows.
    public init?(_ rfc3339: some StringProtocol) {
        var text = String(rfc3339)
        guard let instant = text.withUTF8({ Instant(utf8: $0) }) else { return nil }
        self = instant
    }

    /// The same from borrowed bytes.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var cursor = ASCIICursor(bytes)
        guard let date = CivilDate(&cursor), let separator = cursor.next(),
            separator | 0x20 == UInt8(ascii: "t"),
            let hour = cursor.number(2), hour < 24, cursor.take(UInt8(ascii: ":")),
            let minute = cursor.number(2), minute < 60, cursor.take(UInt8(ascii: ":")),
            let second = cursor.number(2), second <= 60,
            let fraction = Instant.fraction(&cursor), let offset = Instant.offset(&cursor), cursor.isAtEnd
        else { return nil }
        let minutes = date.daysSinceEpoch * 1440 + hour * 60 + minute - offset
        if second == 60, (minutes % 1440 + 1440) % 1440 != 1439 { return nil }
        let milliseconds = Int64(minutes) * 60_000 + Int64(second) * 1000 + Int64(fraction)
        let range = Instant.earliest.milliseconds...Instant.latest.milliseconds
        guard range.contains(milliseconds) else { return nil }
        self.init(milliseconds: milliseconds)
    }

    /// Milliseconds; 0 when no fraction stands here, nil when a point has no digit after it.
    private static func fraction(_ cursor: inout ASCIICursor) -> Int? {
        guard cursor.take(UInt8(ascii: ".")) else { return 0 }
        guard let first = cursor.digit() else { return nil }
        var value = first * 100
        var unit = 10
        while let digit = cursor.digit() {
            value += digit * unit
            unit /= 10
        }
        return value
    }

    /// Minutes east of UTC.
    private static func offset(_ cursor: inout ASCIICursor) -> Int? {
        guard let sign = cursor.next() else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let hours = cursor.number(2), hours < 24, cursor.take(UInt8(ascii: ":")),
            let minutes = cursor.number(2), minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }

    /// Appends the text, such as `2026-11-21T09:30:00.123Z`, always 24 bytes.
    public func append(to bytes: inout [UInt8]) {
        let date = date
        date.append(to: &bytes)
        let rest = Int(milliseconds - Instant(date).milliseconds)
        bytes.append(UInt8(ascii: "T"))
        DecimalDigits.append(rest / 3_600_000, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        DecimalDigits.append(rest / 60_000 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        DecimalDigits.append(rest / 1000 % 60, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        DecimalDigits.append(rest % 1000, width: 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }
}

extension Instant: CustomStringConvertible {
    /// RFC 3339 in UTC with three digits of fraction.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
