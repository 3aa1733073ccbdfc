internal import Wire

/// What the queue keeps of a job beside its kind: the shape's JSON, and who enqueued it.
struct JobPayload {
    let input: JSON
    let member: UUIDv7?
    /// The API key by which the member did.
    var key: UUIDv7?
    /// Of the request that enqueued it.
    var trace: Trace?

    init(input: JSON = .object(JSONObject()), member: UUIDv7? = nil) {
        self.input = input
        self.member = member
    }

    /// Throws what is wrong with the values, as nothing wrong may enter the queue.
    init<Declared: Job>(_ type: Declared.Type, _ values: [String: Value], member: UUIDv7?) throws(Problem) {
        var input = JSONObject()
        for field in Declared.Payload.fields {
            if let value = values[field.key], !value.isNull { input[field.key] = value.json }
        }
        for key in values.keys where input[key] == nil && !(values[key]?.isNull ?? true) {
            throw Problem.invalid(key, "unknown_field")
        }
        _ = try InputDecoder(fields: Declared.Payload.fields).decode(.object(input))
        self.input = .object(input)
        self.member = member
    }

    init(_ json: JSON) {
        input = json["input"] ?? .object(JSONObject())
        let holder = json["key"]?["member"] ?? json["member"]
        member = holder?.stringValue.flatMap { UUIDv7($0) }
        key = json["key"]?["id"]?.stringValue.flatMap { UUIDv7($0) }
        trace = json["trace"]?.stringValue.flatMap { Trace(header: $0) }
    }

    var json: JSON {
        var json = JSONObject()
        json["input"] = input
        // A worker that knows nothing of keys finds no member: it would work with all of the member's rights.
        if let member, let key {
            json["key"] = ["id": .string(key.description), "member": .string(member.description)]
        } else if let member {
            json["member"] = .string(member.description)
        }
        if let trace { json["trace"] = .string(trace.header) }
        return .object(json)
    }
}
