internal import Wire

/// Turns what a client sent for one field into its value, or says what is wrong with it.
public struct FieldDecoder: Sendable {
    let definition: FieldDefinition
    let path: String

    init(_ definition: FieldDefinition, path: String? = nil) {
        self.definition = definition
        self.path = path ?? definition.key
    }

    /// Decodes a JSON value; null and empty text are nothing.
    func decode(_ json: JSON) throws(FieldFault) -> Value {
        if json == .null { return .null }
        let value = try content(of: json)
        for validation in definition.validations {
            if let code = validation.check(value) { throw FieldFault(error(code)) }
        }
        return value
    }

    private func content(of json: JSON) throws(FieldFault) -> Value {
        switch definition.kind {
        case .text, .longText, .email, .phone, .url, .currency, .choice, .date, .instant, .reference:
            guard case .string(let text) = json else { throw wrongType("string") }
            // The schema's `maxLength` counts white space that is cut off below; files and queries may have it.
            if let longest, text.unicodeScalars.count > longest { throw tooLong(longest) }
            return try decode(text: text)
        case .integer(let bounds):
            return .integer(try integer(json, bounds))
        case .money:
            return .integer(try integer(json, -9_007_199_254_740_991...9_007_199_254_740_991))
        case .percent:
            return .integer(try integer(json, -1_000_000...1_000_000))
        case .boolean:
            guard case .bool(let flag) = json else { throw wrongType("boolean") }
            return .boolean(flag)
        case .address:
            return try AddressDecoder(path: path).decode(json)
        case .timeWindows:
            return try TimeWindowsDecoder(path: path).decode(json)
        case .json:
            return .json(json)
        case .ids:
            return .json(try ids(json))
        }
    }

    /// The most characters of a text.
    private var longest: Int? {
        switch definition.kind {
        case .text(let maximum), .longText(let maximum): maximum
        case .email, .phone: 254
        case .url: 2000
        default: nil
        }
    }

    /// Decodes text from a query, a path or a string member, in the API's own forms.
    func decode(text raw: String) throws(FieldFault) -> Value {
        switch definition.kind {
        case .text(let maximum):
            return try line(raw.trimmed, maximum: maximum)
        case .longText(let maximum):
            let text = raw.trimmed
            guard text.unicodeScalars.count <= maximum else { throw tooLong(maximum) }
            guard
                !text.unicodeScalars.contains(where: {
                    $0.isForbidden && $0 != "\n" && $0 != "\r" && $0 != "\t"
                })
            else { throw FieldFault(error("control_characters")) }
            return text.isEmpty ? .null : .text(text)
        case .email, .phone, .url:
            return try contact(raw.trimmed)
        case .currency:
            guard CurrencyCodes.all.contains(raw) else {
                throw FieldFault(error("unknown_currency", expected: "ISO 4217"))
            }
            return .text(raw)
        case .choice(let cases):
            guard cases.contains(raw) else {
                throw FieldFault(error("not_a_choice", expected: cases.joined(separator: ", ")))
            }
            return .text(raw)
        case .date:
            guard let date = CivilDate(raw) else {
                throw FieldFault(error("not_a_date", expected: "YYYY-MM-DD"))
            }
            return .date(date)
        case .instant:
            guard let instant = Instant(raw) else {
                throw FieldFault(error("not_an_instant", expected: "RFC 3339"))
            }
            return .instant(instant)
        case .reference:
            guard let id = UUIDv7(raw) else { throw FieldFault(error("not_an_id", expected: "UUID")) }
            return .id(id)
        case .integer, .money, .percent, .boolean, .address, .timeWindows, .json, .ids:
            return try scalar(raw)
        }
    }

    private func scalar(_ raw: String) throws(FieldFault) -> Value {
        if case .boolean = definition.kind {
            guard raw == "true" || raw == "false" else { throw wrongType("boolean") }
            return .boolean(raw == "true")
        }
        if case .ids = definition.kind {
            return .json(try ids(.array(raw.split(separator: ",").map { .string(String($0)) })))
        }
        if case .timeWindows = definition.kind, !raw.trimmed.hasPrefix("[") {
            return try TimeWindowsDecoder(path: path).decode(text: raw.trimmed)
        }
        do { return try content(of: try JSON.parse(Array(raw.utf8))) } catch let fault as FieldFault {
            throw fault
        } catch {
            throw wrongType(definition.kind.name)
        }
    }

    private func line(_ text: String, maximum: Int) throws(FieldFault) -> Value {
        guard text.unicodeScalars.count <= maximum else { throw tooLong(maximum) }
        guard !text.unicodeScalars.contains(where: \.isForbidden) else {
            throw FieldFault(error("control_characters"))
        }
        return text.isEmpty ? .null : .text(text)
    }

    private func contact(_ text: String) throws(FieldFault) -> Value {
        guard !text.isEmpty else { return .null }
        _ = try line(text, maximum: longest ?? 254)
        switch definition.kind {
        case .email:
            guard let email = ContactText.email(text) else {
                throw FieldFault(error("not_an_email", expected: "name@example.com"))
            }
            return .text(email)
        case .phone:
            guard let phone = ContactText.phone(text) else {
                throw FieldFault(error("not_a_phone", expected: "+390612345678"))
            }
            return .text(phone)
        default:
            guard let url = ContactText.url(text) else {
                throw FieldFault(error("not_a_url", expected: "https://example.com"))
            }
            return .text(url)
        }
    }

    private func integer(_ json: JSON, _ bounds: ClosedRange<Int64>) throws(FieldFault) -> Int64 {
        guard case .number(let number) = json else { throw wrongType("integer") }
        guard let integer = number.integer else {
            throw FieldFault(error("not_an_integer", expected: "integer"))
        }
        if integer < bounds.lowerBound {
            throw FieldFault(
                error("too_small", ["minimum": "\(bounds.lowerBound)"], expected: ">= \(bounds.lowerBound)"))
        }
        if integer > bounds.upperBound {
            throw FieldFault(
                error("too_large", ["maximum": "\(bounds.upperBound)"], expected: "<= \(bounds.upperBound)"))
        }
        return integer
    }

    private func ids(_ json: JSON) throws(FieldFault) -> JSON {
        guard case .array(let items) = json else { throw wrongType("array") }
        guard items.count <= 1000 else { throw FieldFault(error("too_many", ["maximum": "1000"])) }
        var ids: [JSON] = []
        for (position, item) in items.enumerated() {
            guard case .string(let text) = item, let id = UUIDv7(text) else {
                throw FieldFault(
                    FieldError(field: "\(path)[\(position)]", code: "not_an_id", expected: "UUID"))
            }
            ids.append(.string(id.description))
        }
        return .array(ids)
    }

    private func error(_ code: String, _ parameters: [String: String] = [:], expected: String? = nil)
        -> FieldError
    {
        FieldError(field: path, code: code, parameters: parameters, expected: expected)
    }

    private func wrongType(_ expected: String) -> FieldFault {
        FieldFault(error("wrong_type", ["expected": expected], expected: expected))
    }

    private func tooLong(_ maximum: Int) -> FieldFault {
        FieldFault(error("too_long", ["maximum": "\(maximum)"], expected: "<= \(maximum)"))
    }
}

/// One field's fault on its way out of the decoder.
struct FieldFault: Error {
    let error: FieldError
    init(_ error: FieldError) { self.error = error }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        guard let first = unicodeScalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}

extension Unicode.Scalar {
    /// Control characters, which no line of text holds.
    var isForbidden: Bool { value < 0x20 || (0x7f...0x9f).contains(value) }
}
