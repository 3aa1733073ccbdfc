internal import Kernel
internal import Postgres
internal import Wire

/// The span of time that a log is asked for; each bound may be absent.
struct AuditSpan: Sendable {
    let since: Instant?
    let after: Instant?
    let until: Instant?
    let before: Instant?

    /// The first moment of it, and the first one behind it: moments are whole milliseconds.
    var begin: Instant? { [since, after.map(Self.next)].compactMap(\.self).max() }
    var end: Instant? { [before, until.map(Self.next)].compactMap(\.self).min() }

    private static func next(_ moment: Instant) -> Instant {
        Instant(milliseconds: moment.milliseconds + 1)
    }

    /// The conditions on `a.at`.
    var conditions: [SQL] {
        var conditions: [SQL] = []
        if let since { conditions.append("a.at >= \(since)::timestamptz") }
        if let after { conditions.append("a.at > \(after)::timestamptz") }
        if let until { conditions.append("a.at <= \(until)::timestamptz") }
        if let before { conditions.append("a.at < \(before)::timestamptz") }
        return conditions
    }
}
