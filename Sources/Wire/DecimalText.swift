/// A decimal number taken apart: sign, significant digits, power of ten.
struct DecimalText {
    private var isNegative = false
    /// Without leading and trailing zeros; empty for zero.
    private var digits: [UInt8] = []
    private var exponent = 0

    /// Takes a number that RFC 8259 allows.
    init(_ text: String) {
        var isFraction = false
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): exponent += DecimalText.exponent(&bytes)
            default:
                if isFraction { exponent -= 1 }
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte & 0x0F) }
            }
        }
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
    }

    /// The value × 10^`places`, if that is whole and fits.
    func scaled(_ places: Int) -> Int64? {
        guard !digits.isEmpty else { return 0 }
        let zeros = exponent + places
        guard zeros >= 0, digits.count + zeros <= 19 else { return nil }
        var value: Int64 = 0
        for index in 0..<(digits.count + zeros) {
            let digit = index < digits.count ? Int64(digits[index]) : 0
            let (product, hasOverflown) = value.multipliedReportingOverflow(by: 10)
            let (sum, isBeyond) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !hasOverflown, !isBeyond else { return nil }
            value = sum
        }
        return value
    }

    /// Saturates: the digits can't make up for a million.
    private static func exponent(_ bytes: inout String.UTF8View.Iterator) -> Int {
        var isNegative = false
        var value = 0
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "+"): break
            default: value = min(value * 10 + Int(byte & 0x0F), 1_000_000)
            }
        }
        return isNegative ? -value : value
    }
}
