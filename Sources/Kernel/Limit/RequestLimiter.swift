internal import Postgres
internal import Synchronization
internal import Wire

/// Counts requests against allowances that all processes share: docs/decisions/0009.
///
/// A class because every loop shares the window.
final class RequestLimiter: Sendable {
    private let window = Mutex(RequestWindow())
    private let database: Database

    init(database: Database) { self.database = database }

    /// Draws a request on its allowances: where the caller stands then, and whether it is too many.
    ///
    /// A database that does not answer refuses nobody here: the request will be told by what it asks itself.
    func draw(_ allowances: [RequestAllowance], now: Instant) async -> RequestWindow.Verdict? {
        guard !allowances.isEmpty else { return nil }
        while true {
            let verdict = window.withLock { $0.draw(allowances, now: now) }
            guard case .lacking(let positions) = verdict else { return verdict }
            let asked = positions.map { allowances[$0] }
            guard await take(asked) else { return nil }
        }
    }

    /// Asks the database for more of each; false when it does not answer.
    private func take(_ allowances: [RequestAllowance]) async -> Bool {
        let (start, wanted) = window.withLock { window in
            (window.start, allowances.map { window.wanted($0) })
        }
        let moment = Instant(milliseconds: start)
        let statements = zip(allowances, wanted).map { allowance, wanted -> SQL in
            """
            select t.granted, t.ceiling, t.used
            from platform.take_requests(
                \(allowance.subject), \(moment), \(wanted)::integer, \(allowance.standard)::integer,
                \(allowance.organization)::uuid, \(allowance.name)) as t
            """
        }
        guard let answers = try? await database.write(SessionSettings(), statements) else { return false }
        return window.withLock { window in
            for (allowance, rows) in zip(allowances, answers) {
                guard let granted = rows.integer(0, 0), let ceiling = rows.integer(0, 1),
                    let used = rows.integer(0, 2)
                else { return false }
                let grant = RequestGrant(granted: Int(granted), ceiling: Int(ceiling), used: Int(used))
                window.keep(allowance, grant, askedAt: start)
            }
            return true
        }
    }
}
