/// Tells whether bytes arriving in blocks are valid UTF-8 (RFC 3629: no overlong forms, no surrogates).
struct UTF8Check {
    private(set) var isValid = true
    private var expected = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Whether all that was seen is valid and no character is cut off at the end.
    var isComplete: Bool { isValid && expected == 0 }

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < bytes.count, isValid {
            if expected == 0 { index = Self.endOfASCII(bytes, from: index) }
            guard index < bytes.count else { return }
            take(bytes[index])
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8) {
        if expected > 0 {
            isValid = byte >= lowest && byte <= highest
            expected -= 1
            (lowest, highest) = (0x80, 0xBF)
            return
        }
        switch byte {
        case 0xC2...0xDF: expected = 1
        case 0xE0: (expected, lowest) = (2, 0xA0)
        case 0xED: (expected, highest) = (2, 0x9F)
        case 0xE1...0xEF: expected = 2
        case 0xF0: (expected, lowest) = (3, 0x90)
        case 0xF4: (expected, highest) = (3, 0x8F)
        case 0xF1...0xF3: expected = 3
        default: isValid = false
        }
    }

    private static func endOfASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return start }
        let raw = UnsafeRawPointer(base)
        var index = start
        while index + 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            if word & 0x8080_8080_8080_8080 != 0 { break }
            index += 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index
    }
}
