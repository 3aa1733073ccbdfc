internal import Postgres
public import Wire

extension Context {
    /// Puts a job into the queue: in the context's transaction where it has one, and then only if that
    /// commits.
    ///
    /// Lower priorities go first; 0 is usual. While a job of the same kind and `uniqueKey` waits or runs in
    /// the organization, its id is given back instead. Answers the job's id.
    @discardableResult
    public func enqueue<Declared: Job>(
        _ type: Declared.Type, values: [String: Value] = [:], runAt: Instant? = nil, priority: Int = 0,
        uniqueKey: String? = nil
    ) async throws(Problem) -> UUIDv7 {
        let payload = try payload(of: type, values)
        let answers = try await write([
            """
            select platform.enqueue_job(
                \(Declared.kind), \(Declared.version)::integer, \(payload.json)::jsonb,
                \(Int(Int16(clamping: priority)))::smallint, \(runAt)::timestamptz, \(uniqueKey),
                \(Declared.maximumAttempts)::integer)
            """
        ])
        guard let id = answers[0].id(0, 0) else { throw Problem(500, "internal") }
        if let transaction {
            runtime.signal.note(jobsIn: transaction)
        } else {
            runtime.signal.raise(.jobs)
        }
        return id
    }

    /// Ends a job of the organization that waits, or takes it from its worker; false when it has ended
    /// already.
    @discardableResult
    public func cancelJob(_ id: UUIDv7) async throws(Problem) -> Bool {
        try await write(["select platform.cancel_job(\(id)::uuid)"])[0].bool(0, 0) ?? false
    }

    /// A payload that its own shape refuses is a fault of the program, not of the request.
    private func payload<Declared: Job>(of type: Declared.Type, _ values: [String: Value]) throws(Problem)
        -> JobPayload
    {
        do {
            var payload = try JobPayload(type, values, member: member)
            if payload.member != nil { payload.key = principal.key?.id }
            payload.trace = request.trace
            return payload
        } catch {
            let faults = error.errors.map { "\($0.field):\($0.code)" }.joined(separator: " ")
            runtime.log.line(
                .error, "job.refused", [("kind", .string(Declared.kind)), ("faults", .string(faults))])
            throw Problem(500, "internal")
        }
    }

    /// The member in whose name the context acts: by a session, by an API key, or in a job of theirs.
    private var member: UUIDv7? {
        guard principal.organization != nil else { return nil }
        switch principal.kind {
        case .user, .key, .job: return principal.user
        case .vendor, .system: return nil
        }
    }
}
