/// How many values of a column fit each way of writing a number.
struct NumberTally {
    private var fits: [Int] = .init(repeating: 0, count: NumberFormat.allCases.count)
    /// Under each format: how many values have groups, decimals, exactly two and more than two decimals.
    private var grouped: [Int] = .init(repeating: 0, count: NumberFormat.allCases.count)
    private var withDecimals: [Int] = .init(repeating: 0, count: NumberFormat.allCases.count)
    private var withTwoDecimals: [Int] = .init(repeating: 0, count: NumberFormat.allCases.count)
    private var withMoreDecimals: [Int] = .init(repeating: 0, count: NumberFormat.allCases.count)
    private var plain = 0
    private(set) var codes = 0
    private(set) var currencies = 0
    private(set) var percents = 0

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let number = ScannedNumber(text) else { return false }
        if number.hasLeadingZero {
            codes += 1
            return false
        }
        if number.isDigits {
            plain += 1
        } else if !addMarked(number) {
            return false
        }
        if number.hasCurrency { currencies += 1 }
        if number.isPercent { percents += 1 }
        return true
    }

    private mutating func addMarked(_ number: ScannedNumber) -> Bool {
        var fitsAny = false
        for (index, format) in NumberFormat.allCases.enumerated() {
            guard let shape = NumberShape(of: number, in: format) else { continue }
            fitsAny = true
            fits[index] += 1
            if shape.hasGroups { grouped[index] += 1 }
            if shape.fractionDigits > 0 { withDecimals[index] += 1 }
            if shape.fractionDigits == 2 { withTwoDecimals[index] += 1 }
            if shape.fractionDigits > 2 { withMoreDecimals[index] += 1 }
        }
        return fitsAny
    }

    /// How many values the best format fits.
    var best: Int { plain + (fits.max() ?? 0) }

    /// The formats that fit as many values as the best one and read some of them differently, the likeliest
    /// first; none when there are digits alone. One that explains marks as groups of thousands goes before
    /// one that sees three decimals.
    var formats: [NumberFormat] {
        guard let most = fits.max(), most > 0 else { return [] }
        let fitting = NumberFormat.allCases.indices.filter { fits[$0] == most }
        var proposals: [Int] = []
        for index in fitting.sorted(by: {
            grouped[$0] > grouped[$1] || (grouped[$0] == grouped[$1] && $0 < $1)
        }) {
            // Formats with the same decimals in every value read them all alike: the first stands for them.
            guard !proposals.contains(where: { readsAlike($0, index) }) else { continue }
            proposals.append(index)
        }
        return proposals.map { NumberFormat.allCases[$0] }
    }

    private func readsAlike(_ one: Int, _ other: Int) -> Bool {
        guard withDecimals[one] == withDecimals[other], grouped[one] == grouped[other] else { return false }
        let marks = [one, other].map { NumberFormat.allCases[$0].decimalMark }
        return withDecimals[one] == 0 || marks[0] == marks[1]
    }

    /// What the numbers are under `format`.
    func kind(in format: NumberFormat) -> ColumnKind {
        let index = NumberFormat.allCases.firstIndex(of: format) ?? 0
        if currencies > 0 { return .money }
        if withDecimals[index] == 0 { return percents > 0 ? .decimal : .integer }
        let isMoney = withTwoDecimals[index] > 0 && withMoreDecimals[index] == 0 && percents == 0
        return isMoney ? .money : .decimal
    }
}
