internal import HTTP
internal import Wire

/// Looks at a subscriber's caller again, exactly as at the caller of a new request.
struct StreamLook: Sendable {
    let runtime: Runtime
    let rights: StreamRightsReader

    enum Finding: Sendable {
        /// The database doesn't say.
        case unknown
        /// The caller may not follow any more.
        case over
        case same
        case rights(StreamRights, Grant)
    }

    func finding(_ subscriber: Subscriber) async -> Finding {
        do {
            let principal = try await Authentication(runtime: runtime).caller(
                of: subscriber.request, for: FollowChanges.definition
            ).principal
            try Gateway.admit(FollowChanges.definition, principal)
            guard principal.organization == subscriber.organization else { return .over }
            if subscriber.grant === principal.grant { return .same }
            return .rights(try await rights.rights(of: principal, types: subscriber.types), principal.grant)
        } catch {
            return error.status >= 500 ? .unknown : .over
        }
    }
}
