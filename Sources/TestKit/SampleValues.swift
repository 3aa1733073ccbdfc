public import Kernel
public import Wire

/// Makes contents that a field takes, from its declaration: every text carries a mark, no two are alike.
public struct SampleValues {
    /// Stands in every text.
    public let mark: String
    private var last = 0

    /// Contents with this mark; letters, digits and hyphens.
    public init(mark: String) { self.mark = mark }

    /// What a request may send for the field, the likeliest first; `records` gives ids of an entity's
    /// records.
    public mutating func candidates(for field: FieldDefinition, records: (String) -> [String]) -> [JSON] {
        last += 1
        return contents(of: field.kind, records).filter { content in
            guard let text = content.stringValue else { return true }
            return field.validations.allSatisfy { $0.check(.text(text)) == nil }
        }
    }

    private func contents(of kind: FieldKind, _ records: (String) -> [String]) -> [JSON] {
        switch kind {
        case .text(let maximum): lines(maximum)
        case .longText: [.string("\(mark) \(last)\nsecond line")]
        case .integer(let bounds):
            [.number(JSONNumber(min(max(Int64(40 + last), bounds.lowerBound), bounds.upperBound)))]
        case .money: [.number(JSONNumber(Int64(123_400 + last)))]
        case .currency: ["EUR"]
        case .percent: [2500, 10_000, 0]
        case .boolean: [true, false]
        case .choice(let cases): cases.map { .string($0) }
        case .date: ["2026-03-04"]
        case .instant: ["2026-03-04T05:06:07.089Z"]
        case .email: [.string("\(mark).\(last)@example.com")]
        case .phone: [.string("+3906\(10_000_000 + last)")]
        case .url: [.string("https://\(mark).example/\(last)")]
        case .address:
            [
                [
                    "street": .string("Via \(mark) \(last)"), "city": .string("Città \(mark)"),
                    "country": "Italy",
                ]
            ]
        case .timeWindows:
            [[["day": .number(JSONNumber(Int64(1 + last % 7))), "from": "09:00", "to": "12:30"]]]
        case .reference(let entity): records(entity).map { .string($0) }
        case .json: [[], [:]]
        case .ids(let entity): [.array(records(entity).prefix(1).map { .string($0) })]
        }
    }

    /// Lines that fit; the later ones are for fields with a form of their own: numbers, languages, zones,
    /// domains, entities.
    private func lines(_ maximum: Int) -> [JSON] {
        let lines = [
            "\(mark)-\(last)", "\(mark).example", "00743110157", "RSSMRA85T10A562S", "Europe/Rome", "it",
            "ABC1234", "kernel.member",
        ]
        let fitting = lines.filter { $0.unicodeScalars.count <= maximum }
        return (fitting.isEmpty ? [String("\(last)x".prefix(maximum))] : fitting).map { .string($0) }
    }
}
