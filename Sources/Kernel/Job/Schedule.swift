internal import Wire

/// A job that is enqueued again and again, once per cluster.
public struct Schedule: Sendable {
    /// For whom the job is enqueued each time.
    public enum Lane: Sendable {
        /// Once, without an organization.
        case installation
        /// Once for each active organization that has the plugin on.
        case organizations
    }

    /// When the job is enqueued.
    public enum Timing: Sendable, Equatable {
        /// At multiples of so many seconds since 1970.
        case every(seconds: Int)
        /// When the clocks of a zone show it.
        case cron(CronExpression, Zone)
    }

    /// By whose clock.
    public enum Zone: Sendable, Equatable {
        /// Each organization's own.
        case organization
        case utc
        /// IANA name.
        case named(String)

        /// The zones' names; `organizations` are those of the organizations.
        func names(_ organizations: [String]) -> [String] {
            switch self {
            case .organization: organizations
            case .utc: ["UTC"]
            case .named(let name): [name]
            }
        }
    }

    /// Stable for ever.
    public let name: String
    public let timing: Timing
    public let lane: Lane
    let plugin: String
    let kind: String
    let version: Int
    let maximumAttempts: Int

    init<Declared: Job>(_ job: Declared.Type, seconds: Int, lane: Lane, plugin: String) {
        name = "every.\(Declared.kind)"
        timing = .every(seconds: max(1, seconds))
        self.lane = lane
        self.plugin = plugin
        kind = Declared.kind
        version = Declared.version
        maximumAttempts = Declared.maximumAttempts
    }

    init<Declared: Job>(
        _ job: Declared.Type, _ cron: CronExpression, zone: Zone, lane: Lane, plugin: String
    ) {
        name = "cron.\(Declared.kind)"
        timing = .cron(cron, zone)
        self.lane = lane
        self.plugin = plugin
        kind = Declared.kind
        version = Declared.version
        maximumAttempts = Declared.maximumAttempts
    }

    var cron: CronExpression? { if case .cron(let cron, _) = timing { cron } else { nil } }
    var zone: Zone? { if case .cron(_, let zone) = timing { zone } else { nil } }

    /// The latest moment, up to `now`, at which it was due or looked at: a multiple of its distance since
    /// 1970, for a clock's time each minute.
    func due(at now: Instant) -> Instant {
        let seconds = if case .every(let seconds) = timing { seconds } else { 60 }
        let distance = Int64(seconds) * 1000
        return Instant(milliseconds: now.milliseconds / distance * distance)
    }
}

/// Enqueues a job at a fixed distance, once per cluster whatever the number of processes, and never beside
/// one of its own that still waits or runs.
public struct Every: Contribution {
    private let make: @Sendable (String) -> Schedule

    /// Declares a schedule of a job whose payload has no required fields.
    public init<Declared: Job>(
        seconds: Int, _ job: Declared.Type, for lane: Schedule.Lane = .installation
    ) {
        make = { Schedule(job, seconds: seconds, lane: lane, plugin: $0) }
    }

    public func add(to draft: inout RegistryDraft) { draft.add(schedule: make(draft.plugin)) }
}

/// Enqueues a job when the clocks of a zone show a time, in crontab's five fields: `Cron("0 7 * * 1-5",
/// Report.self)` is each working day at seven by each organization's clock.
///
/// Once per cluster, and never beside one of its own that still waits or runs. A time that the clocks skip
/// counts once, right after; one that they show twice counts once; where minute or hour begin with `*`, hours
/// count as they pass. A run that no process was there for is made up for within an hour.
public struct Cron: Contribution {
    private let expression: String
    private let make: @Sendable (CronExpression, String) -> Schedule

    /// Declares a schedule of a job whose payload has no required fields. By the organizations' clocks it is
    /// always for each organization.
    public init<Declared: Job>(
        _ expression: String, _ job: Declared.Type, zone: Schedule.Zone = .organization,
        for lane: Schedule.Lane = .installation
    ) {
        self.expression = expression
        let lane: Schedule.Lane = zone == .organization ? .organizations : lane
        make = { Schedule(job, $0, zone: zone, lane: lane, plugin: $1) }
    }

    public func add(to draft: inout RegistryDraft) {
        guard let cron = CronExpression(expression) else {
            draft.faults.append("plugin \(draft.plugin): \(expression) is no time of cron")
            return
        }
        draft.add(schedule: make(cron, draft.plugin))
    }
}
