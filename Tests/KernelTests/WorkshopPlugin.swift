import Kernel
import Postgres
import Wire

/// What the tests of jobs and events run.
struct WorkshopPlugin: Plugin {
    static let manifest = Manifest(
        id: "workshop", version: 1,
        messages: Language.allCases.map {
            MessageCatalog($0, json: Array(#"{"plugin.workshop":"Workshop"}"#.utf8))
        })

    var body: [any Contribution] {
        Jobs(
            CountEffect.self, FailSometimes.self, FinishTwice.self, Signal.self, Linger.self, NameMember.self)
        Jobs(Sweep.self)
        Every(seconds: 60, Sweep.self, for: .organizations)
        Jobs(Report.self)
        Cron("0 7 * * 1-5", Report.self)
        After(.created, Team.self, name: "workshop.welcome", TeamHooks.welcome)
        After(.updated, Team.self, name: "workshop.follow", TeamHooks.follow)
    }
}

/// Counts one effect, then is done.
struct CountEffect: Job {
    struct Payload: Shape {
        let name = Field.text("name")
        init() {}
    }
    static let kind = "workshop.count"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await job.context.count(payload.name)
        return .done
    }
}

/// Fails for so many attempts, is put off so many times, and counts each run.
struct FailSometimes: Job {
    struct Payload: Shape {
        let name = Field.text("name")
        let failures = Field.integer("failures").default(0)
        let snoozes = Field.integer("snoozes").default(0)
        init() {}
    }
    static let kind = "workshop.fail"
    static let maximumAttempts = 3

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        let runs = try await job.context.count(payload.name)
        if runs <= payload.snoozes { return .snooze(seconds: 60) }
        if job.attempt <= payload.failures { throw Problem(409, "tool_broken", ["owner": "Ada Rossi"]) }
        return .done
    }
}

/// Counts an effect in the transaction that ends the job.
struct FinishTwice: Job {
    typealias Payload = CountEffect.Payload
    static let kind = "workshop.finish"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await job.context.inTransaction { (context: Context) async throws(Problem) -> JobOutcome in
            try await context.count(payload.name)
            try await job.finish(in: context)
            return .finished
        }
    }
}

/// Opens the gate of its name.
struct Signal: Job {
    typealias Payload = CountEffect.Payload
    static let kind = "workshop.signal"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        Gate.named(payload.name).open()
        return .done
    }
}

/// Opens the gate of its name and takes a minute.
struct Linger: Job {
    typealias Payload = CountEffect.Payload
    static let kind = "workshop.linger"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await job.context.inTransaction { (context: Context) async throws(Problem) in
            _ = try await context.read("select 1")
            Gate.named(payload.name).open()
            _ = try await context.read("select pg_sleep(60)")
        }
        return .done
    }
}

/// Counts under the name of the member that it works for.
struct NameMember: Job {
    typealias Payload = NoInput
    static let kind = "workshop.name_member"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        guard let member = try await job.asMember() else { return .cancel("member_gone") }
        try await member.count(member.principal.name)
        return .done
    }
}

/// Is due each minute in each organization.
struct Sweep: Job {
    typealias Payload = NoInput
    static let kind = "workshop.sweep"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await job.context.count("sweeps")
        return .done
    }
}

/// Is due each working day at seven by the organization's clock.
struct Report: Job {
    typealias Payload = NoInput
    static let kind = "workshop.report"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        try await job.context.count("reports")
        return .done
    }
}

/// What follows changes of teams.
enum TeamHooks {
    static func welcome(_ event: Event, _ context: Context) async throws(Problem) {
        try await context.count("welcome \(event.record)")
    }

    /// Keeps the versions in the order in which they came; refuses while the team's territory is `closed`.
    static func follow(_ event: Event, _ context: Context) async throws(Problem) {
        let organization = try context.organization()
        let rows = try await context.read(
            """
            select territory
            from kernel.teams
            where organization_id = \(organization)::uuid and id = \(event.record)::uuid
            """)
        let version = Int64(event.recordVersion)
        let place = try await context.count("followed \(event.record)")
        _ = try await context.write([
            """
            insert into kernel.counters (organization_id, series, year, value)
            values (\(organization)::uuid, \("order \(event.record)"), \(place)::integer, \(version)::bigint)
            """
        ])
        guard rows[0, 0] != "closed" else { throw Problem(409, "territory_closed") }
    }
}

extension Context {
    /// Counts an effect; the count so far.
    @discardableResult
    func count(_ name: String) async throws(Problem) -> Int64 {
        try await write(["select kernel.next_number(\(name))"])[0].integer(0, 0) ?? 0
    }
}
