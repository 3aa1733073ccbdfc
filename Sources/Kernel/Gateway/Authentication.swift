internal import HTTP
internal import Loop
internal import Wire

/// Finds out who calls.
struct Authentication {
    let runtime: Runtime

    /// The caller of a route; anonymous where the route is open and no token came.
    func principal(of request: Request, for route: RouteDefinition) async throws(Problem) -> Principal {
        if route.access.vendorRole != nil { return try await vendor(request) }
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

    /// Somebody of the vendor's realm by a token: tenants' tokens and keys are none there.
    private func vendor(_ request: Request) async throws(Problem) -> Principal {
        guard let token = try bearer(request), !token.hasPrefix(KeyToken.mark) else { throw Problem.badToken }
        let claims = try runtime.tokens.verify(token, for: .vendor, now: runtime.clock.now())
        let known = try await vendor(session: claims.session)
        guard known.user == claims.user else { throw Problem.badToken }
        return known
    }

    /// Whose session of the vendor's realm it is; 401 when it has ended.
    func vendor(session: UUIDv7) async throws(Problem) -> Principal {
        let key = PrincipalCache.Key(bearer: .vendor(session: session), organization: nil)
        let loader = PrincipalLoader(runtime: runtime)
        return try await principal(key) { () async throws(Problem) -> Principal? in
            try await loader.vendor(session: session)
        }
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
        let loader = PrincipalLoader(runtime: runtime)
        return try await principal(key) { () async throws(Problem) -> Principal? in
            try await loader.principal(session: session, organization: organization)
        }
    }

    /// The kept principal, or the one read now; 401 where there is none.
    private func principal(
        _ key: PrincipalCache.Key, _ read: () async throws(Problem) -> Principal?
    ) async throws(Problem) -> Principal {
        guard let known = try await runtime.principals.principal(key, read) else {
            throw Problem(401, "unauthenticated")
        }
        return known
    }
}
