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
    private let state = Mutex(State())
    private let wakeup: Wakeup
    private let loop: EventLoop
    let seal: StreamPositionSeal
    let clock: any WallClock
    /// Who looks at what.
    let presence: PresenceBoard

    private struct State {
        /// Of each loop; none before the start and after the end.
        var hubs: [StreamHub] = []
        /// Who waits until all has been read.
        var waiters: [UnsafeContinuation<Bool, Never>] = []
    }

    init(
        configuration: RuntimeConfiguration, registry: Registry, database: Database, loops: LoopGroup,
        clock: any WallClock
    ) {
        census = StreamCensus(most: configuration.streams, mostOfHolder: configuration.streamsOfUser)
        entities = StreamEntities(registry)
        seal = StreamPositionSeal(secretKey: configuration.secretKey)
        loop = loops.loops[loops.loops.count - 1]
        wakeup = Wakeup(loop: loop)
        self.clock = clock
        presence = PresenceBoard(database: database, loop: loop, entities: entities)
    }

    // Whoever follows for it sees that it is gone.
    deinit { wakeup.wake(.events) }

    /// The hub of the loop that calls; nil before `start`.
    var hub: StreamHub? { hubs.first { $0.loop.isCurrent } }

    private var hubs: [StreamHub] { state.withLock { $0.hubs } }

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
        state.withLock { $0.hubs = made }
        for hub in made { hub.loop.execute { hub.begin() } }
        loop.execute { [weak self, loop] in
            loop.everySecond { [weak self] in
                if let self { presence.tick(now: clock.now(), for: self) }
            }
        }
        let log = runtime.log
        loop.start { [weak self, wakeup] in
            await Self.follow(follower, from: position, until: wakeup, log: log) { [weak self] in self }
        }
    }
}

extension Streams {
    /// Lets go of what refers back to the process, and of those who wait.
    func stop() {
        state.withLock { $0.hubs = [] }
        var waiting = takeWaiters()
        Self.resume(&waiting, false)
        wakeup.wake(.events)
    }

    /// Returns once every loop stands where the outbox ended when this was called: what a new stream begins
    /// with. False while the outbox can't be read, and behind the end.
    func catchUp() async -> Bool {
        await withUnsafeContinuation { continuation in
            let isStarted = state.withLock { state in
                if !state.hubs.isEmpty { state.waiters.append(continuation) }
                return !state.hubs.isEmpty
            }
            guard isStarted else { return continuation.resume(returning: false) }
            wakeup.wake(.events)
        }
    }

    private func takeWaiters() -> [UnsafeContinuation<Bool, Never>] {
        state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
    }

    /// A notice of one of the channels has come.
    func hear(_ notice: String, on channel: String) {
        guard census.total > 0 else { return }
        switch channel {
        case JobSignal.channel:
            if JobSignal.work(of: notice).contains(.events) { wakeup.wake(.events) }
        case PresenceBoard.channel:
            guard let place = Presence.Place(notice), !census.heard(among: [place.organization]).isEmpty
            else { return }
            presence.hear(place, by: self)
        default:
            for hub in hubs { hub.loop.execute { hub.lookAgain(after: notice) } }
        }
    }

    /// Tells those who look at a record who else does.
    func tell(_ news: PresenceNews) {
        for hub in hubs { hub.loop.execute { hub.tell(news) } }
    }

    /// Notices may have been missed: nobody's rights are taken for granted.
    func distrust() {
        for hub in hubs { hub.loop.execute { hub.lookAtAll() } }
    }

    private static func follow(
        _ follower: OutboxFollower, from start: StreamPosition, until wakeup: Wakeup, log: Log,
        streams: @Sendable () -> Streams?
    ) async {
        var place = start
        var wait = poll
        var isSilent = false
        // What came while nobody heard is nobody's.
        var isSkipping = true
        var waiting: [UnsafeContinuation<Bool, Never>] = []
        while true {
            var isFull = false
            waiting += streams()?.takeWaiters() ?? []
            do {
                let pass = try await follower.pass(after: place, isSkipping: isSkipping)
                place = pass.batch.end
                isFull = pass.isFull
                isSkipping = false
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
            guard !isFull else { continue }
            let isHeard = follower.census.total > 0
            isSkipping = isSkipping || !isHeard
            _ = await wakeup.wait(milliseconds: isHeard ? wait : nil)
        }
    }

    private static func resume(_ waiting: inout [UnsafeContinuation<Bool, Never>], _ isThere: Bool) {
        for waiter in waiting { waiter.resume(returning: isThere) }
        waiting = []
    }

    private var isStarted: Bool { !hubs.isEmpty }

    /// False once it has been stopped.
    private func deliver(_ batch: StreamBatch) -> Bool {
        let hubs = hubs
        for hub in hubs { hub.loop.execute { hub.deliver(batch) } }
        return !hubs.isEmpty
    }
}
