internal import Loop
internal import Postgres
internal import Synchronization
internal import Wire

/// The event streams of a process: one follower reads, and every loop tells its own subscribers.
///
/// A class, as it is one for the process.
final class Streams: Sendable {
    private static let poll: Int64 = 1000
    /// Milliseconds between looks at events that stand behind an open transaction.
    private static let shortest: Int64 = 10
    private static let longest: Int64 = 160

    let census: StreamCensus
    let entities: StreamEntities
    private let hubs = Mutex<[StreamHub]>([])
    private let waiters = Mutex<[UnsafeContinuation<Bool, Never>]>([])
    private let wakeup: Wakeup
    private let loop: EventLoop
    let seal: StreamPositionSeal

    init(configuration: RuntimeConfiguration, registry: Registry, loops: LoopGroup) {
        census = StreamCensus(most: configuration.streams, mostOfHolder: configuration.streamsOfUser)
        entities = StreamEntities(registry)
        seal = StreamPositionSeal(secretKey: configuration.secretKey)
        loop = loops.loops[loops.loops.count - 1]
        wakeup = Wakeup(loop: loop)
    }

    /// The hub of the loop that calls; nil before `start`.
    var hub: StreamHub? {
        hubs.withLock { hubs in hubs.first { $0.loop.isCurrent } }
    }

    /// Begins where the outbox ends now.
    func start(_ runtime: Runtime) async throws {
        let text = StreamText(entities: entities, seal: seal)
        let follower = OutboxFollower(database: runtime.database, census: census, text: text)
        let position = try await follower.end()
        let rights = StreamRightsReader(runtime: runtime, entities: entities)
        let made = runtime.loops.loops.map { loop in
            StreamHub(
                loop, text: text, look: StreamLook(runtime: runtime, rights: rights),
                replay: StreamReplay(runtime: runtime, entities: entities), at: position)
        }
        hubs.withLock { $0 = made }
        for hub in made { hub.loop.execute { hub.begin() } }
        let log = runtime.log
        loop.start { [weak self, wakeup] in
            await Self.follow(follower, from: position, until: wakeup, log: log) { [weak self] in self }
        }
    }
}

extension Streams {
    /// Lets go of what refers back to the process.
    func stop() {
        hubs.withLock { $0 = [] }
        wakeup.wake(.events)
    }

    /// Returns once every loop stands where the outbox ended when this was called: what a new stream begins with. False
    /// while the outbox can't be read.
    func catchUp() async -> Bool {
        await withUnsafeContinuation { continuation in
            waiters.withLock { $0.append(continuation) }
            wakeup.wake(.events)
        }
    }

    private func takeWaiters() -> [UnsafeContinuation<Bool, Never>] {
        waiters.withLock { waiters in
            defer { waiters = [] }
            return waiters
        }
    }

    /// A notice of `platform_jobs` or `platform_grants` has come.
    func hear(_ notice: String, on channel: String) {
        guard census.total > 0 else { return }
        if channel == JobSignal.channel {
            if JobSignal.work(of: notice).contains(.events) { wakeup.wake(.events) }
        } else {
            for hub in hubs.withLock({ $0 }) { hub.loop.execute { hub.lookAgain(after: notice) } }
        }
    }

    private static func follow(
        _ follower: OutboxFollower, from start: StreamPosition, until wakeup: Wakeup, log: Log,
        streams: @Sendable () -> Streams?
    ) async {
        var place = start
        var wait = poll
        var isSilent = false
        var waiting: [UnsafeContinuation<Bool, Never>] = []
        while true {
            var isFull = false
            waiting += streams()?.takeWaiters() ?? []
            do {
                let pass = try await follower.pass(after: place)
                place = pass.batch.end
                isFull = pass.isFull
                wait = pass.isAhead ? min(longest, wait == poll ? shortest : wait * 2) : poll
                let isStarted = streams()?.deliver(pass.batch) == true
                if !isFull || !isStarted { Self.resume(&waiting, isStarted) }
                guard isStarted else { return }
                isSilent = false
            } catch {
                Self.resume(&waiting, false)
                guard streams()?.isStarted == true else { return }
                if !isSilent {
                    log.line(.warning, "streams.not_followed", [("code", .string(error.state.code))])
                }
                isSilent = true
                wait = poll
            }
            if !isFull { _ = await wakeup.wait(milliseconds: wait) }
        }
    }

    private static func resume(_ waiting: inout [UnsafeContinuation<Bool, Never>], _ isThere: Bool) {
        for waiter in waiting { waiter.resume(returning: isThere) }
        waiting = []
    }

    private var isStarted: Bool { hubs.withLock { !$0.isEmpty } }

    /// False once it has been stopped.
    private func deliver(_ batch: StreamBatch) -> Bool {
        let hubs = hubs.withLock { $0 }
        for hub in hubs { hub.loop.execute { hub.deliver(batch) } }
        return !hubs.isEmpty
    }
}
