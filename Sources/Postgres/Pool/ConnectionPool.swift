internal import Loop
internal import Synchronization

/// The connections of one class on one loop, and the lines of those who wait for one.
///
/// Batches share a connection up to a depth; a reservation has it alone. A class, as connections report to
/// it. `@unchecked Sendable`: touched only on its loop's thread, but for what is immutable.
final class ConnectionPool: @unchecked Sendable {
    let loop: EventLoop
    let limits: DatabaseConfiguration.Limits
    let context: Context
    let counters = PoolCounters()
    let threads: BlockingPool
    let settings: ConnectionSettings
    let depth: Int
    let idleTime: Int64
    /// Whether one connection always stays for those who share.
    let keepsOneShared: Bool
    var connections: [Connection] = []
    var shared = Line<Batch>()
    var alone = Line<Reservation>()
    var backoff = Backoff()
    var isRetryScheduled = false
    var isStopped = false
    var whenStopped: [() -> Void] = []
    var stopDeadline: Int64 = 0

    init(
        _ queryClass: QueryClass, _ configuration: DatabaseConfiguration, loop: EventLoop,
        threads: BlockingPool
    ) {
        self.loop = loop
        self.threads = threads
        limits = configuration[queryClass]
        depth = configuration.settingStyle == .setLocal ? 1 : max(1, configuration.pipelineDepth)
        idleTime = Int64(configuration.idleTime)
        keepsOneShared = queryClass == .short && limits.connections > 1
        settings = ConnectionSettings(
            configuration, conninfo: configuration.connection, statementTimeout: limits.statementTimeout,
            usesOptions: configuration.preparedStatements)
        context = Context(
            style: configuration.settingStyle,
            standing: configuration.preparedStatements ? [] : settings.session)
    }

    /// Runs `body` on the loop: at once when called there.
    func onLoop(_ body: @escaping @Sendable () -> Void) {
        if loop.isCurrent { body() } else { loop.execute(body) }
    }

    // MARK: Asking

    /// Sends a batch on a connection that others use, too.
    func share(_ batch: Batch) {
        assert(loop.isCurrent)
        guard !isStopped else { return batch.complete(.failure(SQLError(.poolStopped, outcome: .notSent))) }
        if shared.isEmpty, let connection = leastLoaded() {
            connection.send(batch)
            if connection.load > 1 { grow() }
            return
        }
        guard hasRoomInLine() else {
            return batch.complete(.failure(SQLError(.poolExhausted, outcome: .notSent)))
        }
        batch.place = .waiting
        batch.deadline = loop.now + Int64(limits.waitingTime)
        shared.append(batch)
        noteWaiting()
        grow()
    }

    /// Sends a batch on a connection that carries nothing else meanwhile.
    func runAlone(_ batch: Batch) {
        let reservation = batch.reservation ?? Reservation()
        batch.reservation = reservation
        batch.place = .waiting
        reservation.whenGranted { [self] result in
            switch result {
            case .failure(let error): batch.complete(.failure(error))
            case .success(let connection):
                batch.beforeDone { [self] in release(connection) }
                connection.send(batch)
            }
        }
        reserve(reservation)
    }

    /// Asks for a connection of one's own, to be given back by `release(_:)`.
    func reserve(_ reservation: Reservation) {
        assert(loop.isCurrent)
        guard !reservation.isCancelled else { return reservation.refuse(.queryCanceled) }
        guard !isStopped else { return reservation.refuse(.poolStopped) }
        if alone.isEmpty, let connection = pickForReservation() { return give(connection, to: reservation) }
        guard hasRoomInLine() else { return reservation.refuse(.poolExhausted) }
        reservation.deadline = loop.now + Int64(limits.waitingTime)
        alone.append(reservation)
        noteWaiting()
        grow()
    }

    /// Takes a connection back. One that is not clean is closed.
    func release(_ connection: Connection) {
        assert(loop.isCurrent)
        guard connection.state == .ready else { return pump() }
        guard connection.load == 0, !connection.isCancelling else {
            connection.isReleasing = true
            return
        }
        connection.isReleasing = false
        connection.isReserved = false
        connection.idleSince = loop.now
        if !connection.isOutsideTransaction { discard(connection) }
        pump()
    }

    /// Gives up a batch on a connection of its own, wherever it has come to.
    func cancel(_ batch: Batch) {
        assert(loop.isCurrent)
        switch batch.place {
        case .new, .waiting: batch.reservation.map(cancel)
        case .sent(let connection):
            connection.cancelRunning(on: threads)
            // A request that meets the server between two statements is lost: it is made again.
            loop.schedule(after: Self.cancelDistance) { [self] in
                if case .sent = batch.place { cancel(batch) }
            }
        case .done: break
        }
    }

    /// Milliseconds between two requests to cancel the same batch.
    private static let cancelDistance: Int64 = 100

    /// Gives up waiting for a connection.
    func cancel(_ reservation: Reservation) {
        assert(loop.isCurrent)
        reservation.cancel()
        _ = alone.removeAll { $0 === reservation }
        noteWaiting()
    }

    // MARK: Choosing

    private func hasRoomInLine() -> Bool {
        if shared.count + alone.count < limits.waiting { return true }
        counters.refused.add(1, ordering: .relaxed)
        return false
    }

    private func leastLoaded() -> Connection? {
        var best: Connection?
        for connection in connections where connection.state == .ready && !connection.isReserved {
            if connection.load == 0 { return connection }
            if connection.load < min(depth, best?.load ?? depth) { best = connection }
        }
        return best
    }

    /// An idle connection, or the one that will be idle soonest: it takes nothing new until then.
    private func pickForReservation() -> Connection? {
        let reserved = connections.count { $0.isReserved }
        if keepsOneShared, reserved >= limits.connections - 1 { return nil }
        var best: Connection?
        for connection in connections where connection.state == .ready && !connection.isReserved {
            if connection.load == 0 { return connection }
            if connection.load < best?.load ?? Int.max { best = connection }
        }
        return canGrow ? nil : best
    }

    private func give(_ connection: Connection, to reservation: Reservation) {
        connection.isReserved = true
        if connection.load > 0 {
            connection.reservedFor = reservation
        } else if !reservation.settle(.success(connection)) {
            connection.isReserved = false
        }
    }

    /// Serves those who wait as far as there is room.
    func pump() {
        finishStopping()
        guard !shared.isEmpty || !alone.isEmpty else { return }
        while let next = alone.first, let connection = pickForReservation() {
            _ = alone.popFirst()
            give(connection, to: next)
        }
        while !shared.isEmpty, let connection = leastLoaded(), let next = shared.popFirst() {
            connection.send(next)
        }
        noteWaiting()
        if !shared.isEmpty || !alone.isEmpty { grow() }
    }

    func noteWaiting() { counters.waiting.store(shared.count + alone.count, ordering: .relaxed) }
}

extension Reservation {
    /// Answers that there is no connection.
    func refuse(_ state: SQLState) { _ = settle(.failure(SQLError(state, outcome: .notSent))) }
}
