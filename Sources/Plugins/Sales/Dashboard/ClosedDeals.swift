internal import Kernel
internal import Postgres
internal import Wire

/// What was won and lost in the period and in the one before: in all, by time, product, owner and team.
struct ClosedDeals: Sendable {
    /// Sums over deals of one currency.
    struct Sums: Sendable {
        var won: Int64 = 0
        var lost: Int64 = 0
        /// What was won, in minor units.
        var value: Int64 = 0
        /// How many of the won have an amount.
        var valued: Int64 = 0
        var lostValue: Int64 = 0
        /// Seconds from start to close, all together.
        var cycle: Int64 = 0

        mutating func add(_ other: Sums) {
            won += other.won
            lost += other.lost
            value = value.capped(adding: other.value)
            valued += other.valued
            lostValue = lostValue.capped(adding: other.lostValue)
            cycle = cycle.capped(adding: other.cycle)
        }
    }

    /// Sums by currency; deals without one stand under "".
    struct Period: Sendable {
        var byCurrency: [String: Sums] = [:]

        var sums: Sums {
            var all = Sums()
            for sums in byCurrency.values { all.add(sums) }
            return all
        }

        mutating func add(_ sums: Sums, in currency: String) {
            byCurrency[currency, default: Sums()].add(sums)
        }
    }

    /// The period and the one before.
    struct Pair: Sendable {
        var current = Period()
        var previous = Period()

        mutating func add(_ sums: Sums, in currency: String, isCurrent: Bool) {
            if isCurrent { current.add(sums, in: currency) } else { previous.add(sums, in: currency) }
        }
    }

    /// A product, an owner or a team; the largest first.
    struct Line: Sendable {
        /// Nil for deals without one.
        let id: UUIDv7?
        let label: String?
        var pair = Pair()
    }

    private(set) var total = Pair()
    /// By the first day of the day or month.
    private(set) var times: [CivilDate: Pair] = [:]
    private(set) var products: [Line] = []
    private(set) var owners: [Line] = []
    private(set) var teams: [Line] = []

    init(_ rows: Rows) {
        for row in 0..<rows.count {
            let sums = Sums(
                won: rows.integer(row, 5) ?? 0, lost: rows.integer(row, 6) ?? 0,
                value: rows.integer(row, 7) ?? 0, valued: rows.integer(row, 8) ?? 0,
                lostValue: rows.integer(row, 9) ?? 0, cycle: rows.integer(row, 10) ?? 0)
            let currency = rows[row, 4] ?? ""
            let isCurrent = rows.bool(row, 1) ?? true
            switch rows[row, 0] {
            case "total": total.add(sums, in: currency, isCurrent: isCurrent)
            case "time":
                guard let day = rows.date(row, 2) else { continue }
                times[day, default: Pair()].add(sums, in: currency, isCurrent: isCurrent)
            case "product": Self.add(sums, currency, isCurrent, rows, row, to: &products)
            case "owner": Self.add(sums, currency, isCurrent, rows, row, to: &owners)
            case "team": Self.add(sums, currency, isCurrent, rows, row, to: &teams)
            default: continue
            }
        }
    }

    /// A line's rows follow each other.
    private static func add(
        _ sums: Sums, _ currency: String, _ isCurrent: Bool, _ rows: Rows, _ row: Int,
        to lines: inout [Line]
    ) {
        let id = rows.id(row, 2).flatMap { $0 == .zero ? nil : $0 }
        if lines.isEmpty || lines[lines.count - 1].id != id {
            lines.append(Line(id: id, label: rows[row, 3]))
        }
        lines[lines.count - 1].pair.add(sums, in: currency, isCurrent: isCurrent)
    }
}
