extension String {
    /// Without the white space around it, no-break spaces included.
    var trimmed: String {
        var text = self
        return text.withUTF8 { bytes in
            let inner = bytes.trimmed
            return inner.count == bytes.count ? nil : String(decoding: inner, as: UTF8.self)
        } ?? self
    }

    /// Calls `body` with the UTF-8 bytes of the text, white space around it left out.
    func withTrimmedBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var text = self
        let outcome = text.withUTF8 { bytes in
            do throws(Failure) {
                return Swift.Result<Result, Failure>.success(try body(bytes.trimmed))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without the white space around it, no-break spaces included.
    var trimmed: UnsafeBufferPointer<UInt8> {
        var start = 0
        var end = count
        while start < end {
            let width = Self.widthOfSpace(self[start], start + 1 < end ? self[start + 1] : 0)
            guard width > 0 else { break }
            start += width
        }
        while end > start {
            if self[end - 1] == 0xA0, end - start > 1, self[end - 2] == 0xC2 {
                end -= 2
            } else if Self.widthOfSpace(self[end - 1], 0) == 1 {
                end -= 1
            } else {
                break
            }
        }
        return UnsafeBufferPointer(rebasing: self[start..<end])
    }

    private static func widthOfSpace(_ byte: UInt8, _ next: UInt8) -> Int {
        switch byte {
        case 0x20, 0x09, 0x0A, 0x0D: 1
        case 0xC2 where next == 0xA0: 2
        default: 0
        }
    }
}

extension UInt8 {
    /// The value of an ASCII digit.
    var digitValue: Int? { self >= 0x30 && self <= 0x39 ? Int(self) - 0x30 : nil }

    /// An ASCII letter's lower case; other bytes as they are.
    var lowered: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    /// Whether it is an ASCII letter.
    var isLetter: Bool { lowered >= 0x61 && lowered <= 0x7A }
}
