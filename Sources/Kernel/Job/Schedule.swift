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

    /// Stable for ever.
    public let name: String
    public let seconds: Int
    public let lane: Lane
    let plugin: String
    let kind: String
    let version: Int
    let maximumAttempts: Int

    init<Declared: Job>(_ job: Declared.Type, seconds: Int, lane: Lane, plugin: String) {
        name = "every.\(Declared.kind)"
        self.seconds = max(1, seconds)
        self.lane = lane
        self.plugin = plugin
        kind = Declared.kind
        version = Declared.version
        maximumAttempts = Declared.maximumAttempts
    }

    /// The latest moment, up to `now`, at which it was due: a multiple of its distance since 1970.
    func due(at now: Instant) -> Instant {
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
