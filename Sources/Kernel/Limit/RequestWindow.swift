internal import Wire

/// What a process holds of each allowance in the present minute: a pure value, asked before and told after
/// the database.
struct RequestWindow {
    /// One allowance's state here.
    private struct Holding {
        /// Taken from the database and not used yet.
        var held = 0
        var ceiling: Int
        /// Used or held by all processes when last asked.
        var taken: Int
        var isExhausted = false
    }

    /// What a request meets.
    enum Verdict: Equatable {
        case admitted(Standing)
        /// More has to be asked for, of these.
        case lacking([Int])
        case refused(Standing)
    }

    /// What the RateLimit headers say of the tightest allowance.
    struct Standing: Equatable, Sendable {
        let limit: Int
        let remaining: Int
        /// Seconds until the window ends.
        let reset: Int64
    }

    /// Milliseconds.
    static let length: Int64 = 60_000
    private static let most = 100_000

    private(set) var start: Int64 = .min
    private var holdings: [String: Holding] = [:]

    /// The beginning of the window that a moment lies in.
    static func start(at now: Instant) -> Int64 { now.milliseconds - now.milliseconds % length }

    /// Draws one request on every allowance, or on none.
    mutating func draw(_ allowances: [RequestAllowance], now: Instant) -> Verdict {
        begin(now)
        var lacking: [Int] = []
        for (position, allowance) in allowances.enumerated() {
            guard let holding = holdings[allowance.subject] else {
                lacking.append(position)
                continue
            }
            if holding.held > 0 { continue }
            if holding.isExhausted { return .refused(standing(holding, now)) }
            lacking.append(position)
        }
        guard lacking.isEmpty else { return .lacking(lacking) }
        var tightest: Holding?
        for allowance in allowances {
            guard var holding = holdings[allowance.subject] else { continue }
            holding.held -= 1
            holdings[allowance.subject] = holding
            if tightest.map({ Self.left(holding) < Self.left($0) }) ?? true { tightest = holding }
        }
        let open = Holding(ceiling: .max, taken: 0)
        return .admitted(standing(tightest ?? open, now))
    }

    /// Keeps what the database granted, unless the window has ended meanwhile.
    mutating func keep(_ allowance: RequestAllowance, _ answer: RequestGrant, askedAt start: Int64) {
        guard start == self.start else { return }
        if holdings.count >= Self.most, holdings[allowance.subject] == nil { holdings.removeAll() }
        var holding = holdings[allowance.subject] ?? Holding(ceiling: answer.ceiling, taken: answer.used)
        holding.held += answer.granted
        holding.ceiling = answer.ceiling
        holding.taken = max(holding.taken, answer.used)
        holding.isExhausted = answer.granted == 0
        holdings[allowance.subject] = holding
    }

    /// How many to ask for: a tenth of what is allowed, so that what lies unused in several processes stays
    /// little.
    func wanted(_ allowance: RequestAllowance) -> Int {
        max(1, (holdings[allowance.subject]?.ceiling ?? allowance.standard) / 10)
    }

    private mutating func begin(_ now: Instant) {
        let current = Self.start(at: now)
        guard current > start else { return }
        start = current
        holdings.removeAll(keepingCapacity: holdings.count < 10_000)
    }

    private static func left(_ holding: Holding) -> Int {
        max(0, holding.ceiling - holding.taken) + holding.held
    }

    private func standing(_ holding: Holding, _ now: Instant) -> Standing {
        let left = start + Self.length - now.milliseconds
        return Standing(
            limit: holding.ceiling, remaining: holding.isExhausted ? holding.held : Self.left(holding),
            reset: max(1, (left + 999) / 1000))
    }
}

/// What the database gave of an allowance.
struct RequestGrant: Sendable, Equatable {
    let granted: Int
    let ceiling: Int
    let used: Int
}
