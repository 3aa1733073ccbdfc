internal import Loop

/// A connection that listens, is asked each second whether it still does, and is opened again when not.
///
/// A class, as its connection reports to it. `@unchecked Sendable`: touched only on its loop's thread, but
/// for what is immutable.
final class Listener: ConnectionOwner, @unchecked Sendable {
    private let loop: EventLoop
    private let threads: BlockingPool
    private let settings: ConnectionSettings
    private let channels: [String]
    private let onNotification: @Sendable (String, String) -> Void
    private let onTrust: @Sendable (Bool) -> Void
    private let onHeard: @Sendable (Int64) -> Void
    private var connection: Connection?
    private var backoff = Backoff()
    /// When the last question was put that has been answered, on the monotonic clock: whatever was committed
    /// before it has been told.
    private var lastHeard: Int64 = 0
    private var isTrusted = false
    private var isStopped = false

    /// Milliseconds of silence after which caches are not trusted (design: data, "Events, NOTIFY, jobs").
    private static let patience: Int64 = 3000

    init(
        _ configuration: DatabaseConfiguration, channels: [String], loop: EventLoop, threads: BlockingPool,
        onNotification: @escaping @Sendable (String, String) -> Void,
        onTrust: @escaping @Sendable (Bool) -> Void, onHeard: @escaping @Sendable (Int64) -> Void
    ) {
        self.loop = loop
        self.threads = threads
        self.channels = channels
        self.onNotification = onNotification
        self.onTrust = onTrust
        self.onHeard = onHeard
        settings = ConnectionSettings(
            configuration, conninfo: configuration.directConnection ?? configuration.connection,
            statementTimeout: 2000, usesOptions: true)
    }

    /// Begins to listen.
    func start() {
        loop.execute { [self] in
            loop.everySecond { [weak self] in self?.tick() }
            open()
        }
    }

    /// Ends for good.
    func stop() {
        loop.execute { [self] in
            isStopped = true
            connection?.close()
            connection = nil
        }
    }

    private func open() {
        guard !isStopped, connection == nil else { return }
        let connection = Connection(loop: loop, settings: settings)
        connection.owner = self
        connection.onNotification = onNotification
        self.connection = connection
        connection.connect(on: threads)
    }

    private func tick() {
        guard !isStopped, let connection else { return }
        connection.tick(now: loop.now)
        guard connection.state == .ready else { return }
        if loop.now - lastHeard > Self.patience {
            connection.lose(SQLError(.connectionFailure, outcome: .rolledBack))
        } else if connection.load == 0 {
            ask(connection, ["select 1"]) {}
        }
    }

    private func ask(_ connection: Connection, _ statements: [SQL], then: @escaping () -> Void) {
        let batch = Batch(
            steps: statements.map { Batch.Step(sql: $0, role: .silent) }, lossOutcome: .rolledBack,
            statementTimeout: 2000)
        let asked = loop.now
        batch.whenDone { [weak self, weak connection] result in
            guard let self, let connection, connection === self.connection else { return }
            guard case .success = result else {
                return connection.lose(SQLError(.connectionFailure, outcome: .rolledBack))
            }
            lastHeard = asked
            onHeard(asked)
            then()
        }
        connection.send(batch)
    }

    private func trust(_ isNow: Bool) {
        guard isTrusted != isNow else { return }
        isTrusted = isNow
        onTrust(isNow)
    }

    // MARK: ConnectionOwner

    func connectionIsReady(_ connection: Connection) {
        lastHeard = loop.now
        ask(connection, channels.map { "listen \(identifier: $0)" }) { [weak self] in
            self?.backoff.succeeded()
            self?.trust(true)
        }
    }

    func connectionHasRoom(_ connection: Connection) {}

    func connectionIsLost(_ connection: Connection, wasReady: Bool) {
        guard connection === self.connection else { return }
        self.connection = nil
        trust(false)
        guard !isStopped else { return }
        // The first attempt is made at once, the others ever later.
        let wait = backoff.failures == 0 ? 0 : backoff.remaining(at: Monotonic.milliseconds())
        backoff.failed(at: Monotonic.milliseconds())
        loop.schedule(after: wait) { [weak self] in self?.open() }
    }
}
