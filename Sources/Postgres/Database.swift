public import Loop
internal import Synchronization

/// A PostgreSQL database, reached through a few connections of each loop.
///
/// Called from a task on one of the loops it uses that loop's connections; from any other thread those of
/// the first loop. `stop()` must be called before the last reference goes.
public final class Database: Sendable {
    let configuration: DatabaseConfiguration
    let shards: [Shard]
    let threads: BlockingPool
    private let areThreadsStopped = Atomic<Bool>(false)
    private let lastNumber = Atomic<Int64>(0)
    private let listeners = Mutex<[Listener]>([])
    private let slowListener = Mutex<(@Sendable (SlowBatch) -> Void)?>(nil)

    /// Prepares to connect; nothing is opened before `start()` or the first call.
    public init(_ configuration: DatabaseConfiguration, loops: LoopGroup) {
        let threads = BlockingPool(threads: 2, capacity: 10_000)
        self.configuration = configuration
        self.threads = threads
        shards = loops.loops.map { Shard(configuration, loop: $0, threads: threads) }
    }

    /// Opens the first connection of each loop; returns when they are there, or one could not be made.
    public func start() async {
        for shard in shards { await shard.warm() }
    }

    /// Lets what is under way finish, for `milliseconds` at most, refuses the rest and closes everything.
    public func stop(within milliseconds: Int = 10_000) async {
        for listener in listeners.withLock({ $0 }) { listener.stop() }
        await withTaskGroup { group in
            for shard in shards { group.addTask { await shard.stop(within: Int64(milliseconds)) } }
        }
        // Its threads can be joined once only.
        if !areThreadsStopped.exchange(true, ordering: .acquiringAndReleasing) { threads.stop() }
    }

    /// Whether the last attempt to connect succeeded.
    public var isHealthy: Bool { shards.allSatisfy { $0.isReachable } }

    /// Calls `body` with statements that took longer than `slowAfter`, on any thread.
    public func whenSlow(_ body: @escaping @Sendable (SlowBatch) -> Void) {
        slowListener.withLock { $0 = body }
    }

    func tellIfSlow(
        since began: Int64, _ queryClass: QueryClass, _ settings: SessionSettings, _ statements: [SQL]
    ) {
        let microseconds = Monotonic.microseconds() - began
        guard microseconds >= Int64(configuration.slowAfter) * 1000 else { return }
        slowListener.withLock { $0 }?(SlowBatch(queryClass, settings, microseconds, statements))
    }

    /// How the connections are doing, one entry a class.
    public func statistics() -> [PoolStatistics] {
        QueryClass.allCases.map { queryClass in
            var statistics = PoolStatistics(queryClass: queryClass)
            for shard in shards { shard[queryClass].counters.add(to: &statistics) }
            return statistics
        }
    }

    // MARK: Batches

    /// Runs statements in one read-only transaction and one round trip; an error fails all of them.
    ///
    /// `.short` shares a connection and is not cancelled; the other classes have one of their own, and
    /// cancelling the task cancels the statement.
    public func read(
        _ settings: SessionSettings, _ queryClass: QueryClass, _ statements: [SQL]
    ) async throws(SQLError) -> [Rows] {
        var settings = settings
        settings.isReadOnly = true
        return try await run(settings, queryClass, statements, lossOutcome: .rolledBack)
    }

    /// Runs statements in one read-only transaction on a shared connection.
    public func read(_ settings: SessionSettings, _ statements: [SQL]) async throws(SQLError) -> [Rows] {
        try await read(settings, .short, statements)
    }

    /// Runs statements that write in one transaction and one round trip, on a connection that carries
    /// nothing else meanwhile. A lock is waited for 100 ms unless `settings` say otherwise.
    public func write(_ settings: SessionSettings, _ statements: [SQL]) async throws(SQLError) -> [Rows] {
        var settings = settings
        if settings.lockTimeout == nil { settings.lockTimeout = configuration.writeLockTimeout }
        return try await run(settings, .short, statements, lossOutcome: .unknown)
    }

    private func run(
        _ settings: SessionSettings, _ queryClass: QueryClass, _ statements: [SQL],
        lossOutcome: SQLError.Outcome
    ) async throws(SQLError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        try Self.validate(statements)
        let pool = shard[queryClass]
        let isShared = queryClass == .short && settings.isReadOnly
        var hasPreparedAnew = false
        let began = Monotonic.microseconds()
        defer { tellIfSlow(since: began, queryClass, settings, statements) }
        while true {
            let batch = try makeBatch(settings, pool, statements, lossOutcome: lossOutcome)
            let result =
                isShared
                ? await pool.shared(batch) : await pool.alone(batch, isCancellable: queryClass != .short)
            switch result {
            case .success(let rows): return rows
            // A table has changed since the statement was prepared; nothing was done, so once more.
            case .failure(let error) where error.isStalePlan && !hasPreparedAnew: hasPreparedAnew = true
            case .failure(let error): throw error
            }
        }
    }

    private func makeBatch(
        _ settings: SessionSettings, _ pool: ConnectionPool, _ statements: [SQL],
        lossOutcome: SQLError.Outcome
    ) throws(SQLError) -> Batch {
        let number = nextNumber()
        let batch = Batch(
            steps: try pool.context.batch(settings, number: number, statements: statements), number: number,
            lossOutcome: lossOutcome,
            statementTimeout: settings.statementTimeout ?? pool.limits.statementTimeout)
        batch.leavesBlockOpen = configuration.settingStyle == .setLocal
        return batch
    }

    // MARK: Transactions

    /// Runs `body` with a connection of its own in one transaction: committed when it returns, rolled back
    /// when it throws. Statements are cancelled with the task.
    public func transaction<Value: Sendable>(
        _ settings: SessionSettings, _ queryClass: QueryClass, _ body: (Transaction) async throws -> Value
    ) async throws -> Value {
        let transaction = try await begin(settings, queryClass)
        do {
            let value = try await body(transaction)
            try await transaction.commit()
            return value
        } catch {
            await transaction.rollback()
            throw error
        }
    }

    private func begin(
        _ settings: SessionSettings, _ queryClass: QueryClass
    ) async throws(SQLError) -> Transaction {
        let pool = shard[queryClass]
        let number = nextNumber()
        let opening = try pool.context.block(settings, number: number)
        try Self.validate(opening.map(\.sql))
        let connection = try await pool.connection().get()
        return Transaction(connection, pool, settings, opening: opening, number: number) {
            [self] began, statements in
            tellIfSlow(since: began, queryClass, settings, statements)
        }
    }

    // MARK: Listening

    /// Listens on a connection of its own, opened again when it is lost; never given back before `stop()`.
    ///
    /// `onTrust(true)` says that from now on nothing is missed: whatever was cached before may be stale.
    /// `onTrust(false)` says that notifications may be missed: the connection is lost, or has been silent
    /// for 3 s. `onHeard` tells the moment, in milliseconds of the monotonic clock, up to which nothing was
    /// missed: whoever is called late, as its thread was held up, sees by it that trust has run out. All are
    /// called on the first loop, which they must not block.
    public func listen(
        channels: [String], onNotification: @escaping @Sendable (String, String) -> Void,
        onTrust: @escaping @Sendable (Bool) -> Void, onHeard: @escaping @Sendable (Int64) -> Void = { _ in }
    ) {
        let listener = Listener(
            configuration, channels: channels, loop: shards[0].loop, threads: threads,
            onNotification: onNotification, onTrust: onTrust, onHeard: onHeard)
        listeners.withLock { $0.append(listener) }
        listener.start()
    }

    // MARK: Common

    private var shard: Shard {
        guard let current = EventLoop.current, current.index < shards.count,
            shards[current.index].loop === current
        else { return shards[0] }
        return shards[current.index]
    }

    private func nextNumber() -> Int64 { lastNumber.add(1, ordering: .relaxed).newValue }

    /// Refuses what C would cut or the protocol can't count, before anything is sent.
    static func validate(_ statements: [SQL]) throws(SQLError) {
        for statement in statements {
            guard statement.binds.count <= 65_535 else {
                throw SQLError(.programLimitExceeded, outcome: .notSent)
            }
            guard !statement.binds.contains(where: \.containsNUL), !Bind.text(statement.text).containsNUL
            else {
                throw SQLError(.characterNotInRepertoire, outcome: .notSent)
            }
        }
    }
}
