internal import Crypto
internal import HTTP
internal import Postgres
internal import Wire

extension Call {
    /// Characters of an `Idempotency-Key` (api.md).
    private static let longestKey = 255

    /// Runs `body` once per `Idempotency-Key`: a repeat gets the stored answer for 24 hours.
    ///
    /// The key, the work and the answer are one transaction, so that only committed answers are ever
    /// repeated. Without the header it just runs.
    func idempotent(
        _ json: JSON, _ body: @escaping @Sendable (Context) async throws(Problem) -> Answer
    ) async throws(Problem) -> Answer {
        guard let store = try idempotencyStore(json) else { return try await body(context) }
        if let answer = try await store.answer(in: context) { return answer }
        do {
            return try await context.inTransaction { (context: Context) async throws(Problem) -> Answer in
                try await store.reserve(in: context)
                let answer = try await body(context)
                try await store.keep(answer, in: context)
                return answer
            }
        } catch {
            guard error.code == "idempotency_race" else { throw error }
            guard let answer = try await store.answer(in: context) else {
                throw Problem(409, "idempotency_in_progress")
            }
            return answer
        }
    }
}

extension Call {
    /// Where the answer to this request is kept; nil without the header.
    func idempotencyStore(_ json: JSON) throws(Problem) -> IdempotencyStore? {
        guard let key = context.request.idempotencyKey, let principal = context.principal.user else {
            return nil
        }
        guard (1...Self.longestKey).contains(key.unicodeScalars.count) else {
            throw Problem(400, "idempotency_key_invalid", ["maximum": "\(Self.longestKey)"])
        }
        return IdempotencyStore(
            key: key, principal: principal, route: "\(request.method.name) \(request.path)",
            digest: sha256(json.encoded()))
    }
}

/// The answers kept for a principal's idempotency keys.
struct IdempotencyStore {
    let key: String
    let principal: UUIDv7
    let route: String
    let digest: [UInt8]

    /// The kept answer; another body under the same key is refused.
    func answer(in context: Context) async throws(Problem) -> Answer? {
        let rows = try await context.read(
            """
            select k.body_digest, k.route, k.status, k.headers, k.body
            from kernel.idempotency_keys k
            where k.organization_id = \(try context.organization())::uuid
            and k.principal_id = \(principal)::uuid
            and k.key = \(key) and k.created_at > now() - interval '24 hours' and k.status is not null
            """)
        guard rows.count == 1 else { return nil }
        guard rows.binary(0, 0) == digest, rows[0, 1] == route else {
            throw Problem(422, "idempotency_key_reused")
        }
        var answer = Answer(
            status: Int(rows.integer(0, 2) ?? 200), media: "application/json",
            body: .bytes(rows.binary(0, 4) ?? []))
        answer.headers = (rows.json(0, 3)?.objectValue?.entries ?? []).compactMap { entry in
            entry.value.stringValue.map { (entry.key, $0) }
        }
        if answer.status == 204 { answer.body = .none }
        return answer.with("Idempotent-Replayed", "true")
    }

    /// Takes the key; whoever holds it in an open transaction for as long as locks are waited for makes this
    /// a conflict.
    func reserve(in context: Context) async throws(Problem) {
        do {
            _ = try await context.write([
                """
                delete from kernel.idempotency_keys k
                where k.organization_id = \(try context.organization())::uuid
                and k.principal_id = \(principal)::uuid
                and k.key = \(key) and k.created_at <= now() - interval '24 hours'
                """,
                """
                insert into kernel.idempotency_keys (organization_id, principal_id, key, route, body_digest)
                values (\(try context.organization())::uuid, \(principal)::uuid, \(key), \(route), \(digest))
                """,
            ])
        } catch {
            if error.code == "lock_not_available" { throw Problem(409, "idempotency_in_progress") }
            throw error
        }
    }

    func keep(_ answer: Answer, in context: Context) async throws(Problem) {
        guard let bytes = answer.bytes else { return }
        var headers = JSONObject()
        for (name, value) in answer.headers { headers[name] = .string(value) }
        _ = try await context.write([
            """
            update kernel.idempotency_keys k
            set status = \(answer.status), headers = \(JSON.object(headers))::jsonb, body = \(bytes)
            where k.organization_id = \(try context.organization())::uuid
            and k.principal_id = \(principal)::uuid
            and k.key = \(key)
            """
        ])
    }
}

extension IdempotencyStore {
    /// Takes the key as a batch's first statement, which fails as `expectationFailed` where it is in use.
    func take(in context: Context) throws(Problem) -> SQL {
        """
        with taken as (
            insert into kernel.idempotency_keys as k (organization_id, principal_id, key, route, body_digest)
            values (\(try context.organization())::uuid, \(principal)::uuid, \(key), \(route), \(digest))
            on conflict (organization_id, principal_id, key) do update
            set route = excluded.route, body_digest = excluded.body_digest, status = null, headers = null,
                body = null, created_at = excluded.created_at
            where k.created_at <= now() - interval '24 hours'
            returning k.key
        )
        select kernel.expect(exists (select from taken))
        """
    }

    /// Keeps the answer 201 to the record of `made`, which has `body` and `version`.
    func keep(
        from made: String, _ location: String, _ duplicates: SQL, in context: Context
    ) throws(Problem) -> SQL {
        """
        update kernel.idempotency_keys k
        set status = 201, body = convert_to(m.body, 'UTF8'), headers = jsonb_strip_nulls(jsonb_build_object(
            'Content-Type', 'application/json', 'ETag', '"' || m.version || '"',
            'Location', \(location)::text, 'Duplicates', \(sql: duplicates)))
        from \(unsafeSQL: made) m
        where k.organization_id = \(try context.organization())::uuid and k.principal_id = \(principal)::uuid
        and k.key = \(key)
        """
    }
}
