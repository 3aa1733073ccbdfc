internal import Loop
internal import Postgres
internal import Wire

/// Finds out who calls by an API key, and writes down that the key was used.
struct KeyAuthentication {
    let runtime: Runtime

    /// The key's holder with the rights that both have; 401 for a key that is none, is revoked or has
    /// expired.
    func principal(of key: KeyToken, address: String) async throws(Problem) -> Principal {
        let digest = ClaimsCache.Digest(key.digest)
        let cached = PrincipalCache.Key(bearer: .key(digest), organization: key.organization)
        let now = Monotonic.milliseconds()
        var known = runtime.principals.principal(cached, now: now)
        if let expiry = known?.key?.expiresAt, expiry <= runtime.clock.now() { known = nil }
        if known == nil {
            let generation = runtime.principals.generation
            let loaded = try await load(key, digest, address)
            runtime.principals.keep(loaded, for: cached, generation: generation, now: now)
            known = loaded
        }
        guard let known else { throw Problem.badToken }
        if runtime.keyUses.isDue(digest, at: runtime.clock.now().milliseconds) {
            await recordUse(by: known, address)
        }
        return known
    }

    private func load(_ key: KeyToken, _ digest: ClaimsCache.Digest, _ address: String) async throws(Problem)
        -> Principal
    {
        switch try await PrincipalLoader(runtime: runtime).principal(key) {
        case .live(let principal): return principal
        case .refused(let id, let member, let isExpired):
            if runtime.keyRefusals.isDue(digest, at: runtime.clock.now().milliseconds) {
                try await recordRefusal(of: id, member, in: key.organization, address)
            }
            throw isExpired ? Problem.expiredToken : Problem.badToken
        case nil: throw Problem.badToken
        }
    }

    /// A transaction of its own, as a GET's may not write. A request is not refused because it can't be
    /// noted.
    private func recordUse(by principal: Principal, _ address: String) async {
        guard let organization = principal.organization, let key = principal.key else { return }
        let context = Context(
            runtime: runtime, principal: principal, request: RequestInfo(id: "", address: address),
            now: runtime.clock.now())
        do {
            _ = try await context.write([
                """
                insert into kernel.api_key_uses as u (organization_id, id, last_used_at, address)
                values (
                    \(organization)::uuid, \(key.id)::uuid, \(context.now),
                    \(address.isEmpty ? nil : address)::inet)
                on conflict on constraint api_key_uses_pkey do update
                set last_used_at = excluded.last_used_at, address = excluded.address
                where u.last_used_at is null or u.last_used_at < excluded.last_used_at
                """
            ])
        } catch {
            runtime.log.line(.warning, "key.use_not_recorded", [("code", .string(error.code))])
        }
    }

    private func recordRefusal(
        of key: UUIDv7, _ member: UUIDv7, in organization: UUIDv7, _ address: String
    ) async throws(Problem) {
        let principal = PrincipalLoader(runtime: runtime).platform(
            in: organization, user: member, preferences: Preferences())
        let context = Context(
            runtime: runtime, principal: principal, request: RequestInfo(id: "", address: address),
            now: runtime.clock.now())
        _ = try await context.write([
            """
            with noted as (
                insert into kernel.api_key_uses as u (organization_id, id, refused_at)
                values (\(organization)::uuid, \(key)::uuid, \(context.now))
                on conflict on constraint api_key_uses_pkey do update
                set refused_at = excluded.refused_at
                where u.refused_at is null or u.refused_at < excluded.refused_at - interval '1 minute'
                returning u.id
            )
            insert into kernel.security_audit (
                organization_id, event, actor_kind, actor_id, subject_id, address, detail)
            select
                \(organization)::uuid, 'keys.refused', 'key', \(member)::uuid, n.id,
                \(address.isEmpty ? nil : address)::inet, '{}'
            from noted as n
            """
        ])
    }
}
