internal import HTTP
internal import Wire

extension Call {
    /// The id in the path; a malformed one is a record that does not exist.
    func id() throws(Problem) -> UUIDv7 {
        guard let text = parameters.first, let id = UUIDv7(text) else { throw Problem.notFound }
        return id
    }

    /// The query's pairs.
    func query() throws(Problem) -> [(name: String, value: String)] {
        do { return try request.query } catch { throw Problem(400, "malformed_query") }
    }

    /// The query by name, nothing but the allowed ones, each once.
    func query(allowing names: Set<String>) throws(Problem) -> [String: String] {
        var found: [String: String] = [:]
        for (name, value) in try query() {
            guard names.contains(name) else { throw Problem.badQuery(name, "unknown_parameter") }
            guard found.updateValue(value, forKey: name) == nil else {
                throw Problem.badQuery(name, "repeated_parameter")
            }
        }
        return found
    }

    /// The body as JSON; 415 for another media type, 413 past the limit, 400 for what is no JSON. Where every
    /// field may be left out, so may the body.
    func json(limit: Int, mayBeEmpty: Bool = false) async throws(Problem) -> JSON {
        if mayBeEmpty, request.body.declaredLength == 0 { return .object(JSONObject()) }
        let media = request.headers["content-type"]?.split(separator: ";").first.map {
            String($0).trimmed.lowercased()
        }
        guard media == "application/json" || media?.hasSuffix("+json") == true else {
            throw Problem(415, "unsupported_media_type", ["expected": "application/json"])
        }
        let bytes = try await bytes(limit: limit)
        do { return try JSON.parse(bytes) } catch {
            throw Problem(
                400, "malformed_json", ["offset": "\(error.offset)", "reason": error.reason.rawValue],
                members: [
                    (key: "offset", value: .number(JSONNumber(Int64(error.offset)))),
                    (key: "reason", value: .string(error.reason.rawValue)),
                ])
        }
    }

    /// The body as bytes.
    func bytes(limit: Int) async throws(Problem) -> [UInt8] {
        do { return try await request.body.collect(limit: limit) } catch { throw Problem(error) }
    }

    /// Refuses a body where none belongs; an empty one or `{}` is none.
    func noBody() async throws(Problem) {
        let bytes = try await bytes(limit: 1024)
        guard bytes.isEmpty || (try? JSON.parse(bytes)) == .object(JSONObject()) else {
            throw Problem(400, "unexpected_body")
        }
    }

    func with(_ context: Context) -> Call { Call(context: context, request: request, parameters: parameters) }
}
