internal import Postgres
internal import Wire

/// A job that a worker holds by a lease.
struct ClaimedJob: Sendable {
    /// One claim of one job: a worker that stood still may hold an older one too.
    struct Key: Hashable, Sendable {
        let id: UUIDv7
        let claim: Int
    }

    let id: UUIDv7
    let organization: UUIDv7?
    let kind: String
    let version: Int
    let payload: JobPayload
    /// The number of this claim, by which its outcome is fenced: no two claims of a job share one.
    let claim: Int
    let snoozes: Int
    let maximumAttempts: Int

    init?(_ rows: Rows, _ row: Int) {
        guard let id = rows.id(row, 0), let kind = rows[row, 2], let version = rows.integer(row, 3),
            let claim = rows.integer(row, 5), let snoozes = rows.integer(row, 6),
            let maximum = rows.integer(row, 7)
        else { return nil }
        self.id = id
        organization = rows.id(row, 1)
        self.kind = kind
        self.version = Int(version)
        payload = JobPayload(rows.json(row, 4) ?? .null)
        self.claim = Int(claim)
        self.snoozes = Int(snoozes)
        maximumAttempts = Int(maximum)
    }

    var key: Key { Key(id: id, claim: claim) }

    /// From 1; claims that ended in being put off don't count.
    var attempt: Int { claim - snoozes }

    var isLastAttempt: Bool { attempt >= maximumAttempts }
    /// Whether its lease ran out in the last attempt: it is not to be run again, only to be set aside.
    var isExhausted: Bool { attempt > maximumAttempts }
}
