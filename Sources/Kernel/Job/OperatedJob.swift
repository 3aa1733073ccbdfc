internal import Postgres
internal import Wire

/// Where a job stands.
enum JobState: String, Choice {
    case available, scheduled, running, completed, cancelled, discarded
}

/// A job as those who run the organization see it: without what it was told, which may be personal.
enum OperatedJob {
    /// Jobs of the context's organization.
    static func statement(_ id: UUIDv7?, state: String?, kind: String?, before: UUIDv7?, wanted: Int) -> SQL {
        """
        select j.id, j.kind, j.state, j.priority, j.attempt, j.max_attempts,
            to_char(j.run_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            to_char(j.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            to_char(j.finished_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), j.last_error, j.progress
        from platform.list_jobs(
            \(id)::uuid, \(state)::text, \(kind)::text, \(before)::uuid, \(wanted)::integer) as j
        """
    }

    /// One of them; 404 otherwise.
    static func find(_ id: UUIDv7, in context: Context) async throws(Problem) -> JSON {
        let rows = try await context.read(statement(id, state: nil, kind: nil, before: nil, wanted: 1))
        guard rows.count == 1 else { throw Problem.notFound }
        return json(rows, 0)
    }

    /// One row as the API shows it.
    static func json(_ rows: Rows, _ row: Int) -> JSON {
        func text(_ column: Int) -> JSON { rows[row, column].map { .string($0) } ?? .null }
        func number(_ column: Int) -> JSON {
            rows.integer(row, column).map { .number(JSONNumber($0)) } ?? .null
        }
        return [
            "id": text(0), "type": "kernel.job", "kind": text(1), "state": text(2), "priority": number(3),
            "attempt": number(4), "max_attempts": number(5), "run_at": text(6), "created_at": text(7),
            "finished_at": text(8), "error": rows[row, 9].map { .string(code($0)) } ?? .null,
            "progress": rows.json(row, 10) ?? .null,
        ]
    }

    /// Reasons are codes; whatever else a job may have left is not told.
    private static func code(_ error: String) -> String {
        let code = error.replacing(" ", with: "_")
        let isCode = code.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == 95 || byte == 46
        }
        return isCode ? code : "failed"
    }

    /// 409 with the state that it is in.
    static func wrongState(_ job: JSON) -> Problem {
        let state = job["state"]?.stringValue ?? ""
        return Problem(
            409, "job_state", ["state": state], members: [(key: "state", value: .string(state))])
    }
}

/// Everything that operating jobs gives to the kernel's own plugin.
struct OperatorContributions: Contribution {
    func add(to draft: inout RegistryDraft) {
        Actions(ListJobs.self, ShowJob.self, CancelJob.self, ReplayJob.self).add(to: &draft)
        Permissions("kernel.job.read", "kernel.job.manage").add(to: &draft)
    }
}
