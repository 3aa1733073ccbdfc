internal import Tabular
internal import Wire

/// Turns one column's texts into a field's contents.
struct CellReader: Sendable {
    /// What a cell holds.
    enum Content: Sendable {
        case empty
        case value(Value)
        case local(LocalDateTime)
        case reference(String)
    }

    let column: ImportMapping.Column
    private let decoder: FieldDecoder
    private let parser: ValueParser
    private let isZoned: Bool
    private let choices: ChoiceTexts?
    private let maximum: Int
    private let loweredAliases: [String: String?]
    /// The power of ten that the numbers count.
    private let exponent: Int

    init(_ column: ImportMapping.Column, entity: EntityDefinition, messages: Messages) {
        self.column = column
        let definition = column.part.map { part in
            let maximum = AddressDecoder.parts.first { $0.key == part }?.maximum ?? 200
            return FieldDefinition(part, .text(maximum: maximum))
        }
        decoder = FieldDecoder(definition ?? column.field)
        parser = ValueParser(format: column.format)
        isZoned = parser.dateFormat.time == .zoned
        if case .choice(let cases) = column.field.kind {
            choices = ChoiceTexts(cases, key: "choice.\(entity.name).\(column.field.key)", messages)
        } else {
            choices = nil
        }
        maximum = if case .text(let maximum) = decoder.definition.kind { maximum } else { 0 }
        exponent = column.multiplier.flatMap { ImportMapping.multipliers[$0] } ?? 0
        loweredAliases = Dictionary(
            column.aliases.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether the digits of amounts depend on another cell.
    var isMoney: Bool { column.field.kind == .money }

    /// Reads a cell; `digits` are those behind the point of the row's currency.
    func read(_ raw: String, digits: Int) throws(ImportFault) -> Content {
        guard !raw.isEmpty else { return .empty }
        let text: String
        if loweredAliases.isEmpty {
            text = raw
        } else {
            guard let meant = meaning(of: raw.trimmed) else { return .empty }
            text = meant
        }
        let content = try content(text, digits)
        guard case .value(let value) = content else { return content }
        if value.isNull { return .empty }
        for validation in column.field.validations where column.part == nil {
            if let code = validation.check(value) { throw ImportFault(code) }
        }
        return content
    }

    /// The text that an alias stands for; nil for nothing.
    private func meaning(of text: String) -> String? {
        if let meant = column.aliases[text] { return meant }
        return loweredAliases[text.lowercased()] ?? text
    }

    private func content(_ text: String, _ digits: Int) throws(ImportFault) -> Content {
        if column.part == "latitude" || column.part == "longitude" { return try coordinate(text) }
        switch decoder.definition.kind {
        case .text where isPlain(text): return .value(.text(text))
        case .text, .longText, .email, .phone, .url, .timeWindows: return .value(try decoded(text))
        case .currency:
            let code = text.trimmed.uppercased()
            return code.isEmpty ? .empty : .value(try decoded(code))
        case .choice:
            let text = text.trimmed
            guard !text.isEmpty else { return .empty }
            if let raw = choices?.raw(text) { return .value(.text(raw)) }
            throw ImportFault("not_a_choice", expected: choices?.all ?? "")
        case .reference:
            let text = text.trimmed
            return text.isEmpty ? .empty : .reference(text)
        default: return try measured(text, digits)
        }
    }

    private func measured(_ text: String, _ digits: Int) throws(ImportFault) -> Content {
        do {
            switch decoder.definition.kind {
            case .integer(let bounds): return .value(try bounded(text, 0, bounds))
            case .money:
                return .value(try bounded(text, digits, -9_007_199_254_740_991...9_007_199_254_740_991))
            case .percent: return .value(try bounded(text, 2, -1_000_000...1_000_000))
            case .boolean: return .value(.boolean(try parser.boolean(text)))
            case .date: return .value(.date(try parser.civilDate(text)))
            case .instant where isZoned: return .value(.instant(try parser.instant(text)))
            case .instant: return .local(try parser.localDateTime(text))
            default: throw ImportFault("not_allowed")
            }
        } catch let fault as ImportFault {
            throw fault
        } catch let fault as ValueFault {
            if fault == .empty { return .empty }
            throw ImportFault(fault.rawValue, expected: column.format ?? "")
        } catch {
            throw ImportFault("invalid_value")
        }
    }

    private func bounded(_ text: String, _ digits: Int, _ bounds: ClosedRange<Int64>) throws -> Value {
        let number = try parser.scaledInteger(text, digits: digits + exponent)
        if number < bounds.lowerBound { throw ImportFault("too_small", ["minimum": "\(bounds.lowerBound)"]) }
        if number > bounds.upperBound { throw ImportFault("too_large", ["maximum": "\(bounds.upperBound)"]) }
        return .integer(number)
    }

    /// Degrees to seven decimals, as a JSON number.
    private func coordinate(_ text: String) throws(ImportFault) -> Content {
        let scaled: Int64
        do { scaled = try parser.scaledInteger(text, digits: 7, rounding: true) } catch {
            if error == .empty { return .empty }
            throw ImportFault("not_a_coordinate")
        }
        let fraction = String(scaled.magnitude % 10_000_000)
        let padded = String(repeating: "0", count: 7 - fraction.utf8.count) + fraction
        let number = "\(scaled < 0 ? "-" : "")\(scaled.magnitude / 10_000_000).\(padded)"
        return (try? JSON.parse(number)).map { .value(.json($0)) } ?? .empty
    }

    private func decoded(_ text: String) throws(ImportFault) -> Value {
        do { return try decoder.decode(text: text) } catch {
            throw ImportFault(error.error.code, error.error.parameters, expected: error.error.expected ?? "")
        }
    }

    /// Printable ASCII without outer spaces, short enough: nothing to clean.
    private func isPlain(_ text: String) -> Bool {
        let utf8 = text.utf8
        guard utf8.count <= maximum, utf8.first != 0x20, utf8.last != 0x20 else { return false }
        return utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }
}

/// Why a cell has no content.
struct ImportFault: Error {
    let code: String
    var parameters: [String: String]

    init(_ code: String, _ parameters: [String: String] = [:], expected: String = "") {
        self.code = code
        self.parameters = parameters
        if !expected.isEmpty { self.parameters["expected"] = expected }
    }
}

/// The texts by which a choice's cases are known: raw codes and labels in every language, without case and
/// accents.
struct ChoiceTexts: Sendable {
    /// The codes, for errors.
    let all: String
    /// Codes with their labels.
    let labels: [(id: String, label: String)]
    private let exact: [String: String]
    private let index: SimilarityIndex<String>

    init(_ cases: [String], key: String, _ messages: Messages) {
        var labels: [(id: String, label: String)] = []
        for raw in cases {
            labels.append((id: raw, label: raw))
            for language in Language.allCases {
                let label = messages.text("\(key).\(raw)", in: language)
                if label != "\(key).\(raw)" { labels.append((id: raw, label: label)) }
            }
        }
        self.labels = labels
        all = cases.joined(separator: ", ")
        exact = Dictionary(
            labels.map { ($0.label.lowercased(), $0.id) }, uniquingKeysWith: { first, _ in first })
        index = SimilarityIndex(labels)
    }

    /// The case that a text names.
    func raw(_ text: String) -> String? {
        if let raw = exact[text.lowercased()] { return raw }
        guard let likest = index.proposals(for: text, limit: 1).first, likest.score >= 0.98 else {
            return nil
        }
        return likest.id
    }
}
