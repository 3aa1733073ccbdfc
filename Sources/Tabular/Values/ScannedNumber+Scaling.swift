extension ScannedNumber {
    /// The number times ten to the `digits`, exactly.
    ///
    /// - Parameter rounding: whether decimals past `digits` are rounded, half away from zero, or refused.
    func scaled(_ digits: Int, in format: NumberFormat, rounding: Bool) throws(ValueFault) -> Int64 {
        guard let shape = NumberShape(of: self, in: format) else { throw .notANumber }
        var value: UInt64 = 0
        let kept = min(shape.fractionDigits, digits)
        let end = shape.decimalMark < count ? shape.decimalMark + 1 + kept : count
        for index in 0..<end {
            if let digit = self[index].digitValue { value = try Self.push(digit, onto: value) }
        }
        for _ in kept..<max(kept, digits) { value = try Self.push(0, onto: value) }
        let rest = end..<max(end, count)
        if rounding {
            if let first = rest.first.flatMap({ self[$0].digitValue }), first >= 5 { value += 1 }
        } else {
            guard rest.allSatisfy({ self[$0] == 0x30 }) else { throw .tooManyDecimals }
        }
        guard let magnitude = Int64(exactly: value) else { throw .outOfRange }
        return isNegative ? -magnitude : magnitude
    }

    private static func push(_ digit: Int, onto value: UInt64) throws(ValueFault) -> UInt64 {
        let (product, overflow) = value.multipliedReportingOverflow(by: 10)
        guard !overflow, product <= UInt64(Int64.max) - UInt64(digit) else { throw .outOfRange }
        return product + UInt64(digit)
    }
}
