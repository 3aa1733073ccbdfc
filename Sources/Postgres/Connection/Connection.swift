internal import CLibpq
internal import Loop
internal import Synchronization

/// Hears of a connection's fate, on its loop.
protocol ConnectionOwner: AnyObject {
    /// The connection takes statements now.
    func connectionIsReady(_ connection: Connection)
    /// A batch has been answered; the connection may have room.
    func connectionHasRoom(_ connection: Connection)
    /// The connection is closed and takes nothing any more.
    func connectionIsLost(_ connection: Connection, wasReady: Bool)
}

/// One connection in pipeline mode, driven by its loop: many batches under way, answered in order.
///
/// A class, as it is the identity of a socket. `@unchecked Sendable`: touched only on its loop's thread.
final class Connection: IOHandler, @unchecked Sendable {
    enum State { case connecting, ready, closed }

    /// What a Sync is due for.
    enum Pending {
        case prepare(PreparedStatement)
        case deallocate
        case batch(Batch)
    }

    let loop: EventLoop
    let settings: ConnectionSettings
    weak var owner: (any ConnectionOwner)?
    /// Called with channel and payload on a connection that listens.
    var onNotification: ((String, String) -> Void)?

    var state = State.connecting
    var pg: OpaquePointer?
    var registration: Registration?
    var interest: IOEvents = []
    var watchedSocket: Int32 = -1
    var pending = Line<Pending>()
    /// Batches under way.
    var load = 0 {
        didSet { counters?.underWay.add(load - oldValue, ordering: .relaxed) }
    }
    /// Where its pool counts.
    var counters: PoolCounters?
    var statements: PreparedStatements
    var parameters = ParameterBuffer()
    /// Two ends of a statement in a row mean that libpq and we have lost count.
    var emptyResults = 0
    /// Batches that wait until a cancel request has been delivered.
    var held: [Batch] = []
    var isCancelling = false
    /// Why the server ends the connection.
    var lastWords: SQLError?
    var lastProgress: Int64
    /// Milliseconds that the server may stay silent while something is under way.
    var patience: Int64 = 0

    // What the pool notes.
    var isReserved = false
    var reservedFor: Reservation?
    var isReleasing = false
    var idleSince: Int64 = 0

    init(loop: EventLoop, settings: ConnectionSettings) {
        self.loop = loop
        self.settings = settings
        statements = PreparedStatements(limit: settings.preparedLimit)
        lastProgress = Monotonic.milliseconds()
    }

    deinit {
        if let pg { PQfinish(pg) }
    }

    /// Whether the last transaction is over, as the server's last word says.
    var isOutsideTransaction: Bool {
        guard state == .ready, let pg else { return false }
        return load == 0 && PQtransactionStatus(pg) == PQTRANS_IDLE
    }

    /// An event of the socket.
    func ready(_ events: IOEvents) {
        switch state {
        case .connecting: advanceConnecting()
        case .ready: exchange(events)
        case .closed: break
        }
    }

    private func exchange(_ events: IOEvents) {
        guard let pg else { return }
        let isAlive = events.rawValue & ~IOEvents.write.rawValue == 0 || PQconsumeInput(pg) == 1
        receive()
        guard state == .ready else { return }
        guard isAlive, PQstatus(pg) == CONNECTION_OK else {
            return lose(SQLError(.connectionFailure, outcome: .rolledBack))
        }
        flush()
    }

    /// Writes what waits, and watches for room when the socket is full.
    func flush() {
        guard let pg, state == .ready else { return }
        switch PQflush(pg) {
        case 0: watch(.read)
        case 1: watch([.read, .write])
        // The server's last words may still be there to read; the socket's event brings them.
        default: watch(.read)
        }
    }

    /// Watches libpq's socket, which may be another one during an attempt to connect. Level-triggered:
    /// PQconsumeInput need not empty the socket.
    func watch(_ wanted: IOEvents) {
        guard let pg else { return }
        let socket = PQsocket(pg)
        guard socket >= 0 else { return lose(SQLError(.connectionFailure, outcome: .rolledBack)) }
        if let registration, socket == watchedSocket {
            guard wanted != interest else { return }
            loop.change(registration, to: wanted)
        } else {
            if let registration { loop.unwatch(registration) }
            registration = loop.watch(socket, for: wanted, handler: self)
            watchedSocket = socket
        }
        interest = wanted
    }

    /// Called each second: a server that stays silent is as good as gone.
    func tick(now: Int64) {
        switch state {
        case .connecting where now - lastProgress > Int64(settings.connectTime):
            lose(SQLError(.cannotConnect, outcome: .notSent))
        case .ready where !pending.isEmpty && now - lastProgress > patience:
            lose(SQLError(.connectionFailure, outcome: .rolledBack))
        default: break
        }
    }

    /// Closes at once; what is under way fails with `error` and its own outcome.
    func lose(_ error: SQLError) {
        guard state != .closed else { return }
        let wasReady = state == .ready
        state = .closed
        if let registration { loop.unwatch(registration) }
        registration = nil
        if let pg { PQfinish(pg) }
        pg = nil
        owner?.connectionIsLost(self, wasReady: wasReady)
        while let next = pending.popFirst() {
            if case .batch(let batch) = next { batch.connectionLost(error, lastWords: lastWords) }
        }
        for batch in held { batch.complete(.failure(error.with(.notSent))) }
        held = []
        load = 0
    }

    /// Closes an idle connection in order; its owner has let go of it.
    func close() {
        owner = nil
        lose(SQLError(.connectionFailure, outcome: .rolledBack))
    }
}
