internal import Loop
internal import Synchronization

extension ConnectionPool {
    var canGrow: Bool { connections.count < limits.connections && backoff.failures == 0 }

    /// Opens a connection when there may be one more: as many at once as calls wait, one at a time while
    /// the server can't be reached.
    func grow() {
        guard !isStopped, connections.count < limits.connections else { return }
        let opening = connections.count { $0.state == .connecting }
        guard opening < (backoff.failures > 0 ? 1 : max(1, shared.count + alone.count)) else { return }
        let wait = backoff.remaining(at: Monotonic.milliseconds())
        guard wait == 0 else { return growLater(wait) }
        let connection = Connection(loop: loop, settings: settings)
        connection.owner = self
        connection.counters = counters
        connections.append(connection)
        connection.connect(on: threads)
    }

    private func growLater(_ wait: Int64) {
        guard !isRetryScheduled else { return }
        isRetryScheduled = true
        loop.schedule(after: wait) { [self] in
            isRetryScheduled = false
            pump()
        }
    }

    func discard(_ connection: Connection) {
        forget(connection)
        connection.close()
    }

    func forget(_ connection: Connection) {
        connections.removeAll { $0 === connection }
        counters.open.store(connections.count { $0.state == .ready }, ordering: .relaxed)
    }

    /// Called each second.
    func tick(now: Int64) {
        for connection in connections { connection.tick(now: now) }
        refuseOverdue(now)
        let idle = connections.filter {
            $0.state == .ready && $0.load == 0 && !$0.isReserved && now - $0.idleSince > idleTime
        }
        for connection in idle.prefix(max(0, connections.count - limits.kept)) { discard(connection) }
        if isStopped, now > stopDeadline { for connection in connections { discard(connection) } }
        pump()
    }

    /// All wait equally long, so those in front are overdue first.
    private func refuseOverdue(_ now: Int64) {
        let state = backoff.failures > 0 ? SQLState.cannotConnect : SQLState.poolExhausted
        while let first = shared.first, first.deadline <= now, let batch = shared.popFirst() {
            counters.refused.add(1, ordering: .relaxed)
            batch.complete(.failure(SQLError(state, outcome: .notSent)))
        }
        while let first = alone.first, first.deadline <= now, let reservation = alone.popFirst() {
            counters.refused.add(1, ordering: .relaxed)
            reservation.refuse(state)
        }
    }

    /// Refuses those who wait; `done` is called when the connections are closed.
    func stop(within milliseconds: Int64, _ done: @escaping () -> Void) {
        isStopped = true
        whenStopped.append(done)
        stopDeadline = loop.now + milliseconds
        while let batch = shared.popFirst() {
            batch.complete(.failure(SQLError(.poolStopped, outcome: .notSent)))
        }
        while let reservation = alone.popFirst() { reservation.refuse(.poolStopped) }
        finishStopping()
    }

    func finishStopping() {
        guard isStopped else { return }
        for connection in connections where connection.state != .ready || connection.isIdle {
            discard(connection)
        }
        guard connections.isEmpty else { return }
        let done = whenStopped
        whenStopped = []
        for call in done { call() }
    }
}

extension Connection {
    fileprivate var isIdle: Bool { load == 0 && !isReserved && !isCancelling }
}
