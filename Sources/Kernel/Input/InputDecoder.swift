public import Wire

/// Decodes a whole request against its fields: every fault at once, nothing unknown accepted.
public struct InputDecoder: Sendable {
    let fields: [FieldDefinition]
    private let byKey: [String: Int]

    /// Reads inputs with these fields.
    public init(fields: [FieldDefinition]) {
        self.fields = fields
        byKey = Dictionary(
            fields.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    /// Decodes an action's input; defaults are filled in and required fields demanded.
    public func decode(_ json: JSON, path: [String: String] = [:]) throws(Problem) -> [String: Value] {
        guard case .object(let object) = json else { throw Problem.notAnObject }
        var errors: [FieldError] = []
        var contents = pathContents(path, &errors)
        guard errors.isEmpty else { throw Problem.notFound }
        for (key, sent) in object.entries {
            guard path[key] == nil, let definition = byKey[key].map({ fields[$0] }) else {
                errors.append(FieldError(field: key, code: "unknown_field"))
                continue
            }
            do { contents[key] = try FieldDecoder(definition).decode(sent) } catch {
                errors.append(error.error)
            }
            errors += Self.faults(of: sent, nestedIn: definition)
        }
        complete(&contents, &errors)
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        return contents
    }

    /// What is wrong within an object with a shape of its own, named by the whole path.
    private static func faults(of sent: JSON, nestedIn definition: FieldDefinition) -> [FieldError] {
        guard let nested = definition.nested, sent != .null else { return [] }
        do {
            _ = try InputDecoder(fields: nested).decode(sent)
            return []
        } catch {
            return error.errors.map { fault in
                FieldError(
                    field: fault.field.isEmpty ? definition.key : "\(definition.key).\(fault.field)",
                    code: fault.code, parameters: fault.parameters, expected: fault.expected)
            }
        }
    }

    /// Decodes a query's parameters; what is unknown is a malformed query, 400.
    public func decode(query: [(name: String, value: String)], path: [String: String]) throws(Problem)
        -> [String: Value]
    {
        var errors: [FieldError] = []
        var contents = pathContents(path, &errors)
        guard errors.isEmpty else { throw Problem.notFound }
        for (name, text) in query {
            guard path[name] == nil, let definition = byKey[name].map({ fields[$0] }) else {
                errors.append(FieldError(field: name, code: "unknown_parameter"))
                continue
            }
            guard contents[name] == nil else {
                errors.append(FieldError(field: name, code: "repeated_parameter"))
                continue
            }
            do { contents[name] = try FieldDecoder(definition).decode(text: text) } catch {
                errors.append(error.error)
            }
        }
        complete(&contents, &errors)
        guard errors.isEmpty else { throw Problem(400, "invalid_query", errors: errors) }
        return contents
    }

    private func pathContents(_ path: [String: String], _ errors: inout [FieldError]) -> [String: Value] {
        var contents: [String: Value] = [:]
        for (key, text) in path {
            guard let definition = byKey[key].map({ fields[$0] }) else { continue }
            do { contents[key] = try FieldDecoder(definition).decode(text: text) } catch {
                errors.append(error.error)
            }
        }
        return contents
    }

    private func complete(_ contents: inout [String: Value], _ errors: inout [FieldError]) {
        for field in fields where contents[field.key] ?? .null == .null {
            if case .value(let value) = field.defaultValue {
                if contents[field.key] == nil { contents[field.key] = value }
            } else if field.isRequired, field.defaultValue == nil,
                !errors.contains(where: { $0.field == field.key || $0.field.hasPrefix("\(field.key).") })
            {
                errors.append(FieldError(field: field.key, code: "required"))
            }
        }
    }
}

extension Problem {
    static let notAnObject = Problem(
        422, "invalid",
        errors: [
            FieldError(field: "", code: "wrong_type", parameters: ["expected": "object"], expected: "object")
        ])
}

extension Field where Content == UUIDv7 {
    /// The id in an action's path: malformed ones are 404 there.
    public static func id(_ key: String) -> Self { Self(key, .reference("")) }
}
