/// Collects what one column's values look like, value after value, in bounded memory.
struct ColumnProfile {
    private static let sampleLimit = 5
    private static let sampleLength = 80

    private let column: String
    private var samples: [String] = []
    private var distinct = DistinctTally(limit: ColumnAnalysis.distinctLimit)
    private var values = 0
    private var empty = 0
    private var dates = DateTally()
    private var numbers = NumberTally()
    private var yes = 0
    private var no = 0
    private var crosses = 0
    private var words = 0
    private var emails = 0
    private var urls = 0
    private var phones = 0

    init(column: String) {
        self.column = column
    }

    mutating func add(_ value: String) {
        var value = value
        value.withUTF8 { add($0.trimmed) }
    }

    /// A row that ends before this column.
    mutating func addMissing() {
        empty += 1
    }

    private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        guard !text.isEmpty else {
            empty += 1
            return
        }
        values += 1
        if distinct.add(text), samples.count < Self.sampleLimit {
            let sample = String(decoding: text.prefix(Self.sampleLength * 4), as: UTF8.self)
            samples.append(String(sample.prefix(Self.sampleLength)))
        }
        tally(text)
    }

    private mutating func tally(_ text: UnsafeBufferPointer<UInt8>) {
        if let meaning = BooleanWord.meaning(of: text) {
            if meaning { yes += 1 } else { no += 1 }
            if text[0].lowered == 0x78 { crosses += 1 }
            if text.count > 1 { words += 1 }
        }
        if text[0] == 0x2B, text.count > 8, TextShape.isPhone(text) {
            phones += 1
            return
        }
        let isDate = dates.add(text)
        let isNumber = numbers.add(text)
        guard !isDate, !isNumber else { return }
        if TextShape.isPhone(text) {
            phones += 1
        } else if TextShape.isEmail(text) {
            emails += 1
        } else if TextShape.isURL(text) {
            urls += 1
        }
    }
}

extension ColumnProfile {
    /// The judgement over all values seen.
    func analysis() -> ColumnAnalysis {
        guard values > 0 else { return make(.empty) }
        if isBoolean { return make(.boolean, unfit: values - yes - no) }
        if isMostly(dates.best) {
            let formats = dates.formats.map(\.name)
            return make(dates.isInstant ? .instant : .date, formats: formats, unfit: values - dates.best)
        }
        if let number = numberAnalysis() { return number }
        let shapes: [(kind: ColumnKind, count: Int)] = [(.email, emails), (.url, urls), (.phone, phones)]
        for shape in shapes where isMostly(shape.count) {
            return make(shape.kind, unfit: values - shape.count)
        }
        return make(.text)
    }

    /// Single signs need their contrary beside them, save for crosses: a column of ones is a number.
    private var isBoolean: Bool {
        isMostly(yes + no) && ((yes > 0 && no > 0) || crosses == values || words == values)
    }

    private func numberAnalysis() -> ColumnAnalysis? {
        guard isMostly(numbers.best) else { return nil }
        let kind = numbers.kind(in: numbers.formats.first ?? .point)
        // A code with a zero in front would lose it as a number.
        guard kind != .integer || numbers.codes == 0 else { return nil }
        return make(kind, formats: numbers.formats.map(\.rawValue), unfit: values - numbers.best)
    }

    private func isMostly(_ count: Int) -> Bool { count * 10 >= values * 9 }

    private func make(_ kind: ColumnKind, formats: [String] = [], unfit: Int = 0) -> ColumnAnalysis {
        let isAmbiguous = formats.count > 1
        return ColumnAnalysis(
            column: column, samples: samples, kind: kind, format: formats.first, ambiguous: isAmbiguous,
            alternatives: isAmbiguous ? formats : [], empty: empty, distinct: distinct.count, unfit: unfit)
    }
}
