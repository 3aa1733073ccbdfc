internal import Wire

extension APIResponse {
    /// What is wrong with the answer as an answer to input: a fault of the server, or a problem without its
    /// members (api.md). Nil when all is well.
    public var formFault: String? {
        if status >= 500 || status < 200 { return "\(status) \(code ?? "")" }
        if header("x-request-id") == nil { return "\(status) without X-Request-ID" }
        guard status >= 400 else { return bodyFault }
        guard header("content-type") == "application/problem+json" else {
            return "\(status) as \(header("content-type") ?? "nothing")"
        }
        let document = json
        for member in ["type", "title", "detail", "code", "request_id"]
        where document[member]?.stringValue == nil {
            return "\(status) without \(member)"
        }
        if document["title"]?.stringValue == "problem.\(document["code"]?.stringValue ?? "")" {
            return "\(status) \(code ?? "") without a text"
        }
        if document["status"]?.integerValue != Int64(status) { return "\(status) says another status" }
        if document["request_id"]?.stringValue != header("x-request-id") {
            return "\(status) says another request"
        }
        for error in document["errors"]?.arrayValue ?? [] {
            let code = error["code"]?.stringValue ?? ""
            if error["field"]?.stringValue == nil || error["message"]?.stringValue == nil {
                return "\(status) with half an error"
            }
            if error["message"]?.stringValue == "error.\(code)" {
                return "\(status) with \(code) without a text"
            }
        }
        return nil
    }

    /// A body that says it is JSON and is none by the strict rules, each key once.
    private var bodyFault: String? {
        guard header("content-type") == "application/json", !bytes.isEmpty else { return nil }
        do { _ = try JSON.parse(bytes, limits: JSONLimits(depth: 100)) } catch {
            return "\(status) with broken JSON: \(error.reason.rawValue) at \(error.offset)"
        }
        return nil
    }

    /// The answer without what differs from request to request: its id, and the id that was asked for.
    public func compared(without id: String) -> String {
        let names = headers.filter { !["x-request-id", "date"].contains($0.name) }
        let head = names.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        let request = header("x-request-id") ?? "-"
        return "\(status)\n\(head)\n\(text)".replacing(id, with: "ID").replacing(request, with: "REQUEST")
    }
}
