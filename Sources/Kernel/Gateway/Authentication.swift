internal import HTTP
internal import Loop
internal import Wire

/// Finds out who calls.
struct Authentication {
    let runtime: Runtime

    /// The caller of a route; anonymous where the route is open and no token came.
    func principal(of request: Request, for route: RouteDefinition) async throws(Problem) -> Principal {
        guard let token = try bearer(request) else {
            guard route.access == .open else { throw Problem(401, "unauthenticated") }
            return .anonymous
        }
        // A token that no longer holds does not stand in the way of signing in anew.
        if route.access == .open {
            do {
                let known = try await principal(token, request)
                // A key opens no session and joins no organization.
                return known.key == nil ? known : .anonymous
            } catch { return .anonymous }
        }
        return try await principal(token, request)
    }

    private func bearer(_ request: Request) throws(Problem) -> String? {
        let values = request.headers.all("authorization")
        guard let header = values.first else { return nil }
        guard values.count == 1, header.utf8.count > 7, header.prefix(7).lowercased() == "bearer " else {
            throw Problem(401, "unauthenticated")
        }
        return String(header.dropFirst(7)).trimmed
    }

    private func principal(_ token: String, _ request: Request) async throws(Problem) -> Principal {
        guard !token.hasPrefix(KeyToken.mark) else {
            guard let key = KeyToken(token) else { throw Problem.badToken }
            return try await KeyAuthentication(runtime: runtime).principal(
                of: key, address: request.remoteAddress)
        }
        let claims = try runtime.tokens.verify(token, now: runtime.clock.now())
        let known = try await principal(session: claims.session, organization: claims.organization)
        guard known.user == claims.user else { throw Problem(401, "unauthenticated") }
        return known
    }

    /// Whose session it is, as it stands now; 401 when it has ended.
    func principal(session: UUIDv7, organization: UUIDv7?) async throws(Problem) -> Principal {
        let key = PrincipalCache.Key(bearer: .session(session), organization: organization)
        let now = Monotonic.milliseconds()
        if let known = runtime.principals.principal(key, now: now) { return known }
        let generation = runtime.principals.generation
        let loaded = try await PrincipalLoader(runtime: runtime).principal(
            session: session, organization: organization)
        guard let loaded else { throw Problem(401, "unauthenticated") }
        runtime.principals.keep(loaded, for: key, generation: generation, now: now)
        return loaded
    }
}
