/// The time of day in a text, and the offset from UTC if it has one.
struct ScannedTime {
    private(set) var hour = 0
    private(set) var minute = 0
    private(set) var second = 0
    private(set) var millisecond = 0
    private(set) var hasSeconds = false
    /// Minutes east of UTC.
    private(set) var offset: Int?

    var isMidnight: Bool { hour == 0 && minute == 0 && second == 0 && millisecond == 0 }

    /// From `T` or spaces at `start` to the text's end; nil when that is no time.
    init?(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
        var index = start
        guard text[index] == 0x54 || text[index] == 0x74 || text[index] == 0x20 || text[index] == 0x2C else {
            return nil
        }
        index += 1
        while index < text.count, text[index] == 0x20 { index += 1 }
        guard let hour = Self.number(text, &index, digits: 1...2), Self.take(0x3A, text, &index),
            let minute = Self.number(text, &index, digits: 2...2)
        else { return nil }
        (self.hour, self.minute) = (hour, minute)
        guard readSeconds(text, &index), readHalfDay(text, &index), readOffset(text, &index) else {
            return nil
        }
        guard index == text.count, self.hour < 24, minute < 60, second <= 60 else { return nil }
        second = min(second, 59)
    }

    private mutating func readSeconds(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        guard Self.take(0x3A, text, &index) else { return true }
        guard let second = Self.number(text, &index, digits: 2...2) else { return false }
        (self.second, hasSeconds) = (second, true)
        guard index < text.count, text[index] == 0x2E || text[index] == 0x2C else { return true }
        index += 1
        var digits = 0
        while index < text.count, let digit = text[index].digitValue {
            if digits < 3 { millisecond = millisecond * 10 + digit }
            digits += 1
            index += 1
        }
        for _ in digits..<max(3, digits) { millisecond *= 10 }
        return digits > 0
    }

    private mutating func readHalfDay(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        var start = index
        if start < text.count, text[start] == 0x20 { start += 1 }
        guard start + 2 <= text.count, text[start + 1].lowered == 0x6D else { return true }
        let letter = text[start].lowered
        guard letter == 0x61 || letter == 0x70 else { return true }
        guard (1...12).contains(hour) else { return false }
        hour = hour % 12 + (letter == 0x70 ? 12 : 0)
        index = start + 2
        return true
    }

    private mutating func readOffset(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        guard index < text.count else { return true }
        if text[index].lowered == 0x7A {
            index += 1
            offset = 0
            return true
        }
        let sign = text[index]
        guard sign == 0x2B || sign == 0x2D else { return false }
        index += 1
        guard let hours = Self.number(text, &index, digits: 2...2) else { return false }
        _ = Self.take(0x3A, text, &index)
        let minutes = index < text.count ? Self.number(text, &index, digits: 2...2) : 0
        guard let minutes, hours < 24, minutes < 60 else { return false }
        offset = (hours * 60 + minutes) * (sign == 0x2D ? -1 : 1)
        return true
    }

    private static func take(_ byte: UInt8, _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
        return true
    }

    private static func number(
        _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int, digits: ClosedRange<Int>
    ) -> Int? {
        var value = 0
        var count = 0
        while count < digits.upperBound, index < text.count, let digit = text[index].digitValue {
            value = value * 10 + digit
            count += 1
            index += 1
        }
        return digits.contains(count) ? value : nil
    }
}
