internal import Loop
internal import Postgres
internal import Synchronization
internal import Wire

/// Runs jobs, schedules and what follows committed changes. Any number of them work side by side, in any
/// processes.
///
/// A class, as it is the owner of leases: its id stands on every job that it runs.
public final class Worker: Sendable {
    /// Seconds without a word after which a worker counts as dead.
    static let silence = 30
    /// How many jobs run at once.
    public let concurrency: Int
    let runtime: Runtime
    let queue: JobQueue
    let running: RunningJobs
    let completions: Completions
    let schedules: ScheduleClock
    let outbox: OutboxReader
    let definitions: [String: JobDefinition]
    let claiming: Wakeup
    let following: Wakeup
    let tending: Wakeup
    /// Where `stop()` waits for jobs to end.
    let ending: Wakeup
    private let stage = Atomic<Int>(0)
    private let tasks = Mutex<Tasks>(Tasks())

    private struct Tasks {
        var claiming: Task<Void, Never>?
        var following: Task<Void, Never>?
        var tending: Task<Void, Never>?
    }

    /// Prepares to work; nothing runs before `start()`. `lease` is in seconds.
    public init(runtime: Runtime, concurrency: Int = 4, lease: Int = 60) {
        let loops = runtime.loops.loops
        let worker = UUIDv7.make()
        self.runtime = runtime
        self.concurrency = max(1, concurrency)
        queue = JobQueue(database: runtime.database, worker: worker, lease: lease)
        running = RunningJobs(lease: lease)
        completions = Completions(queue: queue, loop: loops[0])
        schedules = ScheduleClock(runtime: runtime)
        outbox = OutboxReader(runtime: runtime)
        definitions = Dictionary(
            KernelJobs.definitions.map { ($0.kind, $0) } + runtime.registry.jobs.map { ($0.key, $0.value) },
            uniquingKeysWith: { first, _ in first })
        claiming = Wakeup(loop: loops[0])
        following = Wakeup(loop: loops[0])
        tending = Wakeup(loop: loops[0])
        ending = Wakeup(loop: loops[0])
    }

    /// Whether nothing new is to be begun.
    var isStopping: Bool { stage.load(ordering: .acquiring) > 0 }
    /// Whether all is over.
    var isStopped: Bool { stage.load(ordering: .acquiring) > 1 }

    /// Starts to claim jobs, to follow the outbox and to tend leases and schedules.
    public func start() async {
        runtime.database.listen(
            channels: [JobSignal.channel],
            onNotification: { [weak self] _, payload in self?.wake(JobSignal.work(of: payload)) },
            onTrust: { [weak self] _ in self?.wake([.jobs, .events]) })
        await announce()
        let loops = runtime.loops.loops
        tasks.withLock { tasks in
            tasks.claiming = loops[0].start { [self] in await claim() }
            tasks.following = loops[loops.count - 1].start { [self] in await follow() }
            tasks.tending = loops[0].start { [self] in await tend() }
        }
    }

    /// Claims nothing more, lets what runs finish for `grace` seconds at most, then breaks it off and gives
    /// it back.
    public func stop(grace seconds: Int = 10) async {
        let tasks = tasks.withLock { $0 }
        let deadline = Monotonic.milliseconds() + Int64(seconds) * 1000
        stage.store(1, ordering: .releasing)
        for wakeup in [claiming, following] { wakeup.wake(.room) }
        await tasks.claiming?.value
        while running.count > 0, Monotonic.milliseconds() < deadline {
            _ = await ending.wait(milliseconds: max(1, deadline - Monotonic.milliseconds()))
        }
        await release(running.jobs)
        // Its hook's statements end by their own time limits at the latest.
        await tasks.following?.value
        stage.store(2, ordering: .releasing)
        tending.wake(.room)
        await tasks.tending?.value
        do { try await queue.dismiss() } catch {
            // It will be missed in time.
            runtime.log.line(.warning, "worker.dismiss_failed", [("code", .string(error.state.code))])
        }
    }

    private func release(_ jobs: [ClaimedJob]) async {
        guard !jobs.isEmpty else { return }
        running.cancelAll()
        do { try await queue.release(jobs) } catch {
            // Their leases will run out.
            runtime.log.line(.error, "worker.release_failed", [("code", .string(error.state.code))])
        }
    }

    /// Runs every job that is due, and what follows every committed event, in the caller's task until nothing
    /// is left; for tests and commands. Schedules are not looked at.
    ///
    /// An event can't be read while older transactions of the cluster are open: they are waited for, 10 s at
    /// most.
    public func runUntilIdle() async throws {
        let pause = Wakeup(loop: runtime.loops.loops[0])
        var lastWork = Monotonic.milliseconds()
        while true {
            var didWork = try await outbox.pass(isStopping: { false }) == .read
            _ = try await queue.rescue()
            let claimed = try await queue.claim(concurrency)
            await withTaskGroup { group in
                for job in claimed { group.addTask { [self] in await run(job) } }
            }
            didWork = didWork || !claimed.isEmpty
            if didWork {
                lastWork = Monotonic.milliseconds()
                continue
            }
            let isIdle = try await outbox.waitsSince() == nil
            guard !isIdle, Monotonic.milliseconds() - lastWork < 10_000 else { return }
            _ = await pause.wait(milliseconds: 2)
        }
    }

    private func wake(_ work: JobSignal.Work) {
        if work.contains(.jobs) { claiming.wake(.jobs) }
        if work.contains(.events) { following.wake(.events) }
    }

    func run(_ job: ClaimedJob) async {
        await JobRun(
            runtime: runtime, queue: queue, completions: completions, definitions: definitions, job: job
        ) { [self] in
            running.endWork(of: job)
            claiming.wake(.room)
        }
        .run()
    }
}
