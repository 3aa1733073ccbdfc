/// Cheap tests for what a text looks like; they propose, they don't validate.
enum TextShape {
    /// Something before one @, a name with a dot behind it.
    static func isEmail(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 5, text.count <= 254, let at = text.firstIndex(of: 0x40), at > 0 else {
            return false
        }
        let domain = text[(at + 1)...]
        guard let dot = domain.lastIndex(of: 0x2E), dot > domain.startIndex, dot < domain.endIndex - 2 else {
            return false
        }
        return !domain.contains(0x40)
            && text.allSatisfy { $0 > 0x20 && $0 != 0x2C && $0 != 0x3B && $0 != 0x22 }
    }

    /// http, https or www.
    static func isURL(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 7, text[0].lowered == 0x68 || text[0].lowered == 0x77 else { return false }
        guard !text.contains(0x20) else { return false }
        return ["http://", "https://", "www."].contains { (prefix: StaticString) in
            text.count > prefix.utf8CodeUnitCount
                && (0..<prefix.utf8CodeUnitCount).allSatisfy { text[$0].lowered == prefix.utf8Start[$0] }
        }
    }

    /// Six to fifteen digits with a plus, a leading zero or marks between them.
    static func isPhone(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first, text.count <= 32 else { return false }
        guard first == 0x2B || first == 0x28 || first.digitValue != nil else { return false }
        var digits = 0
        var marks = first == 0x2B || first == 0x30 ? 1 : 0
        for (index, byte) in text.enumerated() {
            if byte.digitValue != nil {
                digits += 1
            } else if index > 0 || byte == 0x28 {
                guard [0x20, 0x2D, 0x2E, 0x2F, 0x28, 0x29].contains(byte) else { return false }
                marks += 1
            }
        }
        return marks > 0 && (6...15).contains(digits)
    }
}
