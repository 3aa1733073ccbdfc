internal import Loop
internal import Synchronization

extension ConnectionPool: ConnectionOwner {
    func connectionIsReady(_ connection: Connection) {
        backoff.succeeded()
        counters.isReachable.store(true, ordering: .relaxed)
        counters.opened.add(1, ordering: .relaxed)
        counters.open.store(connections.count { $0.state == .ready }, ordering: .relaxed)
        pump()
    }

    func connectionHasRoom(_ connection: Connection) {
        if let reservation = connection.reservedFor {
            guard connection.load == 0 else { return }
            connection.reservedFor = nil
            if !reservation.settle(.success(connection)) { release(connection) }
        } else if connection.isReleasing {
            release(connection)
        } else if !connection.isReserved {
            pump()
        }
    }

    func connectionIsLost(_ connection: Connection, wasReady: Bool) {
        counters.lost.add(1, ordering: .relaxed)
        forget(connection)
        if let reservation = connection.reservedFor {
            connection.reservedFor = nil
            alone.prepend(reservation)
        }
        if !wasReady {
            backoff.failed(at: Monotonic.milliseconds())
            counters.isReachable.store(false, ordering: .relaxed)
        }
        pump()
    }
}
