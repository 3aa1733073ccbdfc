internal import HTTP
internal import Wire

/// Decodes an action's input from path, query and body.
struct ActionInput<Declared: Action> {
    let call: Call
    let type: Declared.Type
    /// The decoded body, for the digest of `Idempotency-Key`.
    struct Decoded {
        let values: Values<Declared.Input>
        let body: JSON
    }

    func values() async throws(Problem) -> Decoded {
        let path = Dictionary(
            zip(Declared.route.parameters, call.parameters).map { ($0, $1) },
            uniquingKeysWith: { first, _ in first })
        let fields = Declared.Input.fields
        let decoder = InputDecoder(fields: fields)
        if !Declared.readsBody {
            if Declared.route.method == .delete { try await call.noBody() }
            let contents = try decoder.decode(query: try call.query(), path: path)
            return Decoded(values: Values(contents), body: .null)
        }
        _ = try call.query(allowing: [])
        guard fields.count > path.count else {
            try await call.noBody()
            return Decoded(values: Values(try decoder.decode(.object(JSONObject()), path: path)), body: .null)
        }
        let mayBeEmpty = fields.allSatisfy { path[$0.key] != nil || !$0.isRequired || $0.defaultValue != nil }
        let body = try await call.json(limit: Declared.bodyLimit, mayBeEmpty: mayBeEmpty)
        return Decoded(values: Values(try decoder.decode(body, path: path)), body: body)
    }
}

/// Runs an action with the transaction and the idempotency that it declares.
enum ActionRun {
    static func run<Declared: Action>(
        _ type: Declared.Type, _ input: ActionInput<Declared>.Decoded, _ call: Call
    ) async throws(Problem) -> Answer {
        let values = input.values
        guard Declared.transaction == .write else { return try await Declared.run(values, in: call.context) }
        if call.context.request.idempotencyKey != nil, call.context.principal.organization != nil {
            return try await call.idempotent(input.body) {
                (context: Context) async throws(Problem) -> Answer in
                try await Declared.run(values, in: context)
            }
        }
        return try await call.context.inTransaction { (context: Context) async throws(Problem) -> Answer in
            try await Declared.run(values, in: context)
        }
    }
}
