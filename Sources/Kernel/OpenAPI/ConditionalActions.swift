internal import HTTP

/// Actions whose answers are documents that many requests share, with a digest as their `ETag`: who sends it as
/// `If-None-Match` gets a 304 (RFC 9110, 13.1.2), and who takes gzip gets that.
struct ConditionalActions: Contribution {
    private let types: [any Action.Type]

    init(_ types: any Action.Type...) { self.types = types }

    func add(to draft: inout RegistryDraft) {
        for type in types { add(type, to: &draft) }
    }

    private func add<Declared: Action>(_ type: Declared.Type, to draft: inout RegistryDraft) {
        var route = RouteDefinition(type, plugin: draft.plugin)
        let respond = route.respond
        route.problems.append(304)
        route.respond = { (call: Call) async throws(Problem) -> Answer in
            EntityTags.unlessKnown(
                DocumentForm.fitting(try await respond(call), call.request), call.request)
        }
        draft.actions.append(route)
    }
}

/// Compares entity tags weakly, as GET does.
enum EntityTags {
    /// The answer, or a 304 in its place.
    static func unlessKnown(_ answer: Answer, _ request: Request) -> Answer {
        guard let tag = answer.headers.first(where: { $0.0 == "ETag" })?.1, isKnown(tag, to: request) else {
            return answer
        }
        var known = answer
        known.status = 304
        known.body = .none
        known.headers.removeAll { $0.0 == "Content-Type" || $0.0 == "Content-Encoding" }
        return known
    }

    /// Whether `If-None-Match` names the tag, or any.
    static func isKnown(_ tag: String, to request: Request) -> Bool {
        request.headers.list("if-none-match").contains { sent in
            sent == "*" || sent == tag || sent == "W/\(tag)"
        }
    }
}
