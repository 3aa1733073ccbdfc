internal import CLibpq
internal import Loop

extension Connection {
    /// Begins to connect. The first step looks the host's name up, so it is made on one of `threads`.
    func connect(on threads: BlockingPool) {
        let settings = settings
        loop.start { [self] in
            let attempt = try? await threads.run { settings.start() }
            adopt(attempt)
        }
    }

    private func adopt(_ attempt: Attempt?) {
        guard let attempt else { return lose(SQLError(.cannotConnect, outcome: .notSent)) }
        guard state == .connecting else { return PQfinish(attempt.pg) }
        pg = attempt.pg
        guard PQstatus(attempt.pg) != CONNECTION_BAD else {
            return lose(SQLError(.cannotConnect, outcome: .notSent))
        }
        // "As if PQconnectPoll had said PGRES_POLLING_WRITING" (manual, 34.1).
        watch(.write)
    }

    /// The next step of an attempt.
    func advanceConnecting() {
        guard let pg else { return }
        switch PQconnectPoll(pg) {
        case PGRES_POLLING_READING: watch(.read)
        case PGRES_POLLING_WRITING: watch(.write)
        case PGRES_POLLING_OK: becomeReady(pg)
        default: lose(SQLError(.cannotConnect, outcome: .notSent))
        }
    }

    private func becomeReady(_ pg: OpaquePointer) {
        PQsetNoticeReceiver(pg, { _, _ in }, nil)
        guard PQsetnonblocking(pg, 1) == 0, PQenterPipelineMode(pg) == 1 else {
            return lose(SQLError(.cannotConnect, outcome: .notSent))
        }
        state = .ready
        lastProgress = loop.now
        idleSince = loop.now
        watch(.read)
        owner?.connectionIsReady(self)
    }
}
