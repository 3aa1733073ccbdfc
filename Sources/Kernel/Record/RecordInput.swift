internal import Wire

/// Reads what a client sent for a record: every fault is collected, nothing unknown is taken.
struct RecordInput {
    let entity: EntityDefinition
    let grant: Grant
    let kind: ChangeKind

    struct Decoded {
        var id: UUIDv7?
        var assigned: [String: Value] = [:]
        var errors: [FieldError] = []
    }

    func decode(_ json: JSON) throws(Problem) -> Decoded {
        guard case .object(let object) = json else { throw Problem.notAnObject }
        var decoded = Decoded()
        for (key, sent) in object.entries {
            if key == "id", kind == .create {
                decodeID(sent, &decoded)
                continue
            }
            guard let field = entity.field(key), !field.isSecret || field.isWritable else {
                let isStandard = EntityDefinition.standardFields.contains { $0.key == key }
                let code =
                    isStandard || ["id", "type", "custom", "tags"].contains(key)
                    ? "read_only" : "unknown_field"
                decoded.errors.append(FieldError(field: key, code: code))
                continue
            }
            guard grant.writes(field, of: entity), !(field.isImmutable && kind == .update) else {
                decoded.errors.append(FieldError(field: key, code: "read_only"))
                continue
            }
            do { decoded.assigned[key] = try FieldDecoder(field).decode(sent) } catch {
                decoded.errors.append(error.error)
            }
        }
        return decoded
    }

    private func decodeID(_ sent: JSON, _ decoded: inout Decoded) {
        guard case .string(let text) = sent, let id = UUIDv7(text), id.version == 7 else {
            decoded.errors.append(FieldError(field: "id", code: "not_an_id", expected: "UUIDv7"))
            return
        }
        decoded.id = id
    }
}
