/// A text taken apart as a number: sign, currency and percent taken off, digits and marks left.
///
/// No-break spaces become spaces, typographic apostrophes plain ones.
struct ScannedNumber {
    private enum Parenthesis {
        case none
        case open
        case closed
    }

    /// The most bytes that are looked at; longer texts are no numbers.
    private static let longest = 48
    /// Currency codes in lower case, three letters each, packed.
    private static let currencies: Set<UInt32> = Set(
        [
            "eur", "usd", "gbp", "chf", "jpy", "cny", "sek", "nok", "dkk", "pln", "czk", "huf", "ron", "cad",
            "aud",
        ].map {
            $0.utf8.reduce(0) { $0 << 8 | UInt32($1) }
        })

    private(set) var isNegative = false
    private(set) var hasCurrency = false
    private(set) var isPercent = false
    /// How many digits and marks there are.
    private(set) var count = 0
    private var digits = 0
    private var parenthesis = Parenthesis.none
    private var core: InlineArray<48, UInt8> = .init(repeating: 0)

    /// Nil when something else than a number's characters is there.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard !text.isEmpty, text.count <= Self.longest, Self.mayStart(text[0]) else { return nil }
        var index = 0
        while index < text.count {
            let width = take(UnsafeBufferPointer(rebasing: text[index...]))
            guard width > 0 else { return nil }
            index += width
        }
        trimSpaces()
        guard digits > 0, parenthesis != .open,
            core[0].digitValue != nil || core[0] == 0x2E || core[0] == 0x2C
        else { return nil }
    }

    /// A digit or mark: point, comma, space or apostrophe.
    subscript(index: Int) -> UInt8 { core[index] }

    /// Whether it is digits alone, without mark.
    var isDigits: Bool { digits == count }

    /// Whether it is more than one digit long and starts with a zero: a code, not a quantity.
    var hasLeadingZero: Bool { count > 1 && core[0] == 0x30 && core[1].digitValue != nil }

    private static func mayStart(_ byte: UInt8) -> Bool {
        byte < 0x3A ? byte != 0x2F && byte > 0x22 : byte >= 0x80 || byte.isLetter
    }

    /// After a percent sign, a parenthesis or a currency behind the digits, no digit may come.
    private var isClosed: Bool { isPercent || parenthesis == .closed || (hasCurrency && currencyIsBehind) }
    private var currencyIsBehind = false

    /// Takes the character that `rest` begins with and gives how many bytes it has; 0 when it is none of a
    /// number's.
    private mutating func take(_ rest: UnsafeBufferPointer<UInt8>) -> Int {
        let byte = rest[0]
        if byte.digitValue != nil {
            guard !isClosed else { return 0 }
            digits += 1
            return append(byte, width: 1)
        }
        switch byte {
        case 0x2E, 0x2C, 0x27: return isClosed ? 0 : append(byte, width: 1)
        case 0x20: return append(0x20, width: 1)
        case 0x2D: return minus(isLast: rest.count == 1, width: 1)
        case 0x2B: return count == 0 ? 1 : 0
        case 0x28, 0x29: return parenthesize(byte)
        case 0x25 where digits > 0 && !isPercent:
            isPercent = true
            return 1
        default: return takeRare(rest)
        }
    }

    private mutating func takeRare(_ rest: UnsafeBufferPointer<UInt8>) -> Int {
        switch (rest[0], rest.count > 1 ? rest[1] : 0, rest.count > 2 ? rest[2] : 0) {
        case (0xC2, 0xA0, _): return append(0x20, width: 2)
        case (0xE2, 0x80, 0xAF): return append(0x20, width: 3)
        case (0xE2, 0x80, 0x99): return append(0x27, width: 3)
        case (0xE2, 0x88, 0x92): return minus(isLast: rest.count == 3, width: 3)
        case (0x24, _, _): return currency(width: 1)
        case (0xC2, 0xA3, _), (0xC2, 0xA5, _): return currency(width: 2)
        case (0xE2, 0x82, 0xA0...0xBF): return currency(width: 3)
        case (let first, let second, let third):
            guard first.isLetter, rest.count == 3 || (rest.count > 3 && !rest[3].isLetter) else { return 0 }
            let code = UInt32(first.lowered) << 16 | UInt32(second.lowered) << 8 | UInt32(third.lowered)
            return Self.currencies.contains(code) ? currency(width: 3) : 0
        }
    }

    private mutating func append(_ byte: UInt8, width: Int) -> Int {
        if byte == 0x20, count == 0 || isClosed { return width }
        core[count] = byte
        count += 1
        return width
    }

    private mutating func minus(isLast: Bool, width: Int) -> Int {
        guard !isNegative, count == 0 || (isLast && digits > 0) else { return 0 }
        isNegative = true
        return width
    }

    /// Parentheses around a number make it negative, as accountants write.
    private mutating func parenthesize(_ byte: UInt8) -> Int {
        if byte == 0x28 {
            guard parenthesis == .none, count == 0, !isNegative else { return 0 }
            parenthesis = .open
        } else {
            guard parenthesis == .open, digits > 0 else { return 0 }
            parenthesis = .closed
            isNegative = true
        }
        return 1
    }

    private mutating func currency(width: Int) -> Int {
        guard !hasCurrency else { return 0 }
        hasCurrency = true
        currencyIsBehind = count > 0
        return width
    }

    private mutating func trimSpaces() {
        while count > 0, core[count - 1] == 0x20 { count -= 1 }
    }
}
