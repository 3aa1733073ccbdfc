extension UUIDv7: LosslessStringConvertible {
    /// An id from 8-4-4-4-12 hexadecimal digits in either case, of any version.
    public init?(_ text: String) {
        self.init(text[...])
    }

    /// The same from a part of a text.
    public init?(_ text: Substring) {
        var text = text
        guard let id = text.withUTF8({ UUIDv7(utf8: $0) }) else { return nil }
        self = id
    }

    /// The same from borrowed bytes.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 36 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in 0..<36 {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard bytes[index] == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Hex.value(of: bytes[index]) else { return nil }
            if index < 18 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
        }
        self.init(high: high, low: low)
    }

    /// Appends the 36 bytes of the text, in lower case.
    public func append(to bytes: inout [UInt8]) {
        for index in 0..<16 {
            if index == 4 || index == 6 || index == 8 || index == 10 { bytes.append(UInt8(ascii: "-")) }
            let half = index < 8 ? high : low
            let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 - index % 8 * 8))
            bytes.append(Hex.digit(byte >> 4))
            bytes.append(Hex.digit(byte & 0x0F))
        }
    }

    /// 8-4-4-4-12 hexadecimal digits in lower case.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
