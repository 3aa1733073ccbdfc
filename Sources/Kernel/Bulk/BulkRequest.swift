internal import Wire

/// What a change of many records was asked for, checked: which ones, and what is to become of them.
struct BulkRequest: Sendable {
    enum Action: String, Sendable {
        case update, delete

        /// Whether it can be taken back: what no request of one record takes out of the bin stays there.
        func isUndoable(_ entity: EntityDefinition) -> Bool {
            self == .update || entity.operations.contains(.restore)
        }
    }

    enum Selection: Sendable {
        case filter(Filter, search: String?)
        case ids([UUIDv7])
    }

    /// Ids in one request (api.md).
    static let mostIDs = 10_000

    let selection: Selection
    let action: Action
    /// What is set, as it was sent.
    let set: JSON
    /// The same, decoded.
    let assigned: [String: Value]
    let isPreview: Bool

    /// Reads a body. Throws 422 with every fault; 403 where a filter names what the caller may not read.
    init(_ json: JSON, entity: EntityDefinition, grant: Grant) throws(Problem) {
        let sent = try InputDecoder(fields: Self.fields).decode(json)
        var errors: [FieldError] = []
        var assigned: [String: Value] = [:]
        let isDelete = sent["delete"] == .boolean(true)
        if isDelete == (sent["set"] ?? .null).isNull {
            set = json["set"] ?? .object(JSONObject())
        } else {
            errors.append(
                FieldError(field: isDelete ? "delete" : "set", code: isDelete ? "set_or_delete" : "required"))
            set = .object(JSONObject())
        }
        action = isDelete ? .delete : .update
        isPreview = sent["preview"] == .boolean(true)
        if !entity.operations.contains(isDelete ? .delete : .update) {
            errors.append(FieldError(field: isDelete ? "delete" : "set", code: "unknown_field"))
        } else if !isDelete, errors.isEmpty {
            (assigned, errors) = Self.checked(set, entity, grant)
        }
        self.assigned = assigned
        var selection: Selection?
        do { selection = try Self.selection(json, sent, entity, grant) } catch {
            guard error.status == 422 else { throw error }
            errors += error.errors
        }
        guard errors.isEmpty, let selection else { throw Problem.invalid(errors) }
        self.selection = selection
    }

    /// The members of the body; `filter`, `ids` and `set` are looked at on their own.
    static let fields: [FieldDefinition] = {
        var fields = [
            FieldDefinition("filter", .json), FieldDefinition("q", .text(maximum: 200)),
            FieldDefinition("ids", .json), FieldDefinition("set", .json),
            FieldDefinition("delete", .boolean), FieldDefinition("preview", .boolean),
        ]
        for position in fields.indices { fields[position].isRequired = false }
        return fields
    }()

    /// What may be set, decoded: the faults are those of an update, each under `set`.
    static func decoded(
        _ set: JSON, _ entity: EntityDefinition, _ grant: Grant
    ) throws(Problem) -> RecordInput.Decoded {
        var decoded = try RecordInput(entity: entity, grant: grant, kind: .update).decode(set)
        // Secrets would lie open in the log of the change.
        for key in decoded.assigned.keys where entity.field(key)?.isSecret == true {
            decoded.errors.append(FieldError(field: key, code: "read_only"))
        }
        return decoded
    }

    /// What is set, and what is wrong with it.
    private static func checked(
        _ set: JSON, _ entity: EntityDefinition, _ grant: Grant
    ) -> (assigned: [String: Value], errors: [FieldError]) {
        let found: [FieldError]
        do {
            let decoded = try decoded(set, entity, grant)
            if decoded.assigned.isEmpty, decoded.errors.isEmpty {
                return (assigned: [:], errors: [FieldError(field: "set", code: "required")])
            }
            guard !decoded.errors.isEmpty else { return (assigned: decoded.assigned, errors: []) }
            found = decoded.errors
        } catch { found = error.errors }
        let errors = found.map { fault in
            FieldError(
                field: fault.field.isEmpty ? "set" : "set.\(fault.field)", code: fault.code,
                parameters: fault.parameters, expected: fault.expected)
        }
        return (assigned: [:], errors: errors)
    }

    private static func selection(
        _ json: JSON, _ sent: [String: Value], _ entity: EntityDefinition, _ grant: Grant
    ) throws(Problem) -> Selection {
        let search = sent["q"]?.textValue
        let hasFilter = !(sent["filter"] ?? .null).isNull
        if !(sent["ids"] ?? .null).isNull {
            guard !hasFilter, search == nil else { throw Problem.invalid("ids", "filter_or_ids") }
            return .ids(try ids(json["ids"] ?? .null))
        }
        guard hasFilter || search != nil else { throw Problem.invalid("filter", "required") }
        guard hasFilter else { return .filter(.all([]), search: search) }
        do {
            let filter = try FilterParser(entity: entity, grant: grant).filter(json["filter"] ?? .null)
            return .filter(filter, search: search)
        } catch {
            guard error.status == 400 else { throw error }
            throw Problem.invalid(error.errors)
        }
    }

    private static func ids(_ json: JSON) throws(Problem) -> [UUIDv7] {
        guard case .array(let items) = json else {
            throw Problem.invalid("ids", "wrong_type", ["expected": "array"], expected: "array")
        }
        guard !items.isEmpty else { throw Problem.invalid("ids", "required") }
        guard items.count <= mostIDs else {
            throw Problem.invalid("ids", "too_many", ["maximum": "\(mostIDs)"], expected: "1...\(mostIDs)")
        }
        var ids: [UUIDv7] = []
        var errors: [FieldError] = []
        for (position, item) in items.enumerated() {
            guard let id = item.stringValue.flatMap({ UUIDv7($0) }) else {
                errors.append(FieldError(field: "ids[\(position)]", code: "not_an_id", expected: "UUID"))
                continue
            }
            ids.append(id)
        }
        guard errors.isEmpty else { throw Problem.invalid(Array(errors.prefix(100))) }
        return Set(ids).sorted()
    }
}
