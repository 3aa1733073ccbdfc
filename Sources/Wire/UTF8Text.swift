/// Checks of text as bytes.
public enum UTF8Text {
    /// Whether `bytes` are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above
    /// U+10FFFF.
    public static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.withContiguousStorageIfAvailable { firstInvalid(in: $0) == nil }
            ?? Array(bytes).withUnsafeBufferPointer { firstInvalid(in: $0) == nil }
    }

    /// Where the first sequence that isn't UTF-8 starts.
    static func firstInvalid(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index < bytes.count {
            if index + 8 <= bytes.count,
                raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                index += 8
            } else if bytes[index] < 0x80 {
                index += 1
            } else {
                let length = sequenceLength(in: bytes, at: index)
                guard length > 0 else { return index }
                index += length
            }
        }
        return nil
    }

    /// Bytes of the sequence whose lead, not ASCII, stands at `index`; 0 when it is broken. Table 3-7 of
    /// Unicode.
    private static func sequenceLength(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let lead = bytes[index]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF } else if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF } else if lead == 0xF4 { second = 0x80...0x8F }
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}

extension String {
    /// The text of `utf8`, or nil when they aren't UTF-8.
    public init?(validating utf8: some Collection<UInt8>) {
        guard let text = String(validating: utf8, as: UTF8.self) else { return nil }
        self = text
    }
}
