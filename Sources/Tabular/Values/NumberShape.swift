/// Where a number's decimals begin, once its format is known.
struct NumberShape {
    /// The decimal mark's place, or the count of characters when there is none.
    let decimalMark: Int
    let hasGroups: Bool
    let fractionDigits: Int

    /// Nil when the number is not written in that format: groups have three digits, the first one to three,
    /// and it does not begin with a zero.
    init?(of number: ScannedNumber, in format: NumberFormat) {
        var index = 0
        var groups = 0
        var run = 0
        while index < number.count, number[index] != format.decimalMark {
            if number[index].digitValue != nil {
                run += 1
            } else {
                guard number[index] == format.groupMark, number[0] != 0x30 else { return nil }
                guard groups == 0 ? (1...3).contains(run) : run == 3 else { return nil }
                groups += 1
                run = 0
            }
            index += 1
        }
        guard groups == 0 || run == 3 else { return nil }
        decimalMark = index
        hasGroups = groups > 0
        fractionDigits = max(0, number.count - index - 1)
        guard index < number.count else { return }
        guard fractionDigits > 0 else { return nil }
        for place in (index + 1)..<number.count where number[place].digitValue == nil { return nil }
    }
}
