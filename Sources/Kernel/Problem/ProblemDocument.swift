internal import HTTP
internal import Wire

/// Writes a problem as RFC 9457's document in the caller's language.
struct ProblemDocument {
    let problem: Problem
    let request: RequestInfo
    let messages: Messages
    let publicURL: String

    var response: Response {
        var headers: [(name: String, value: String)] = [
            (name: "Content-Type", value: "application/problem+json")
        ]
        headers += problem.headers.map { (name: $0.0, value: $0.1) }
        if problem.status == 401 { headers.append((name: "WWW-Authenticate", value: "Bearer")) }
        return Response(status: problem.status, headers: headers, body: .bytes(bytes))
    }

    private var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.field("type", "\(publicURL)/api/docs#problem-\(problem.code)")
        writer.field("title", text("problem.\(problem.code)"))
        writer.field("status", problem.status)
        writer.field("detail", detail)
        writer.field("code", problem.code)
        writer.field("request_id", request.id)
        if !problem.errors.isEmpty {
            writer.key("errors")
            writer.beginArray()
            for error in problem.errors.prefix(100) { write(error, to: &writer) }
            writer.endArray()
        }
        for member in problem.members { writer.field(member.key, member.value) }
        if let raw = problem.rawMember {
            writer.key(raw.key)
            writer.raw(raw.json)
        }
        writer.endObject()
        return writer.bytes
    }

    private func text(_ key: String) -> String {
        messages.text(key, problem.parameters, in: request.language)
    }

    private var detail: String {
        let key = "problem.\(problem.code).detail"
        let detail = text(key)
        return detail == key ? text("problem.\(problem.code)") : detail
    }

    private func write(_ error: FieldError, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("field", error.field)
        writer.field("code", error.code)
        writer.field("message", messages.text("error.\(error.code)", error.parameters, in: request.language))
        if let expected = error.expected { writer.field("expected", expected) }
        writer.endObject()
    }
}
