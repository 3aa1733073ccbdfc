internal import CLibpq
internal import Loop

extension Connection {
    /// Takes every answer that has come, without waiting.
    func receive() {
        while let pg, state == .ready, let head = pending.first, PQisBusy(pg) == 0 {
            guard let result = PQgetResult(pg) else {
                endStatement(of: head)
                continue
            }
            emptyResults = 0
            lastProgress = loop.now
            take(result, for: head)
        }
        receiveNotifications()
    }

    private func receiveNotifications() {
        guard let pg, state == .ready else { return }
        // Parses what came unasked, too.
        guard let onNotification else { return }
        while let notification = PQnotifies(pg) {
            let channel = String(cString: notification.pointee.relname)
            let payload = String(cString: notification.pointee.extra)
            PQfreemem(notification)
            onNotification(channel, payload)
        }
    }

    private func endStatement(of head: Pending) {
        emptyResults += 1
        if case .batch(let batch) = head { batch.position += 1 }
        if let pg, PQstatus(pg) == CONNECTION_BAD {
            return lose(SQLError(.connectionFailure, outcome: .rolledBack))
        }
        if emptyResults > 2 { lose(SQLError(.protocolViolation, outcome: .rolledBack)) }
    }

    private func take(_ result: OpaquePointer, for head: Pending) {
        switch PQresultStatus(result) {
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            endSync()
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            let rows = Rows(result)
            if case .batch(let batch) = head { accept(rows, for: batch) }
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
            defer { PQclear(result) }
            fail(head, SQLError(result: result, outcome: .rolledBack))
        case PGRES_PIPELINE_ABORTED:
            PQclear(result)
        default:
            // COPY has no place in a pipeline.
            PQclear(result)
            lose(SQLError(.protocolViolation, outcome: .rolledBack))
        }
    }

    private func accept(_ rows: Rows, for batch: Batch) {
        guard batch.position < batch.steps.count else {
            return lose(SQLError(.protocolViolation, outcome: .rolledBack))
        }
        switch batch.steps[batch.position].role {
        case .answer: batch.answers.append(rows)
        case .silent: break
        case .context:
            let isOurs = rows.count == 1 && rows.integer(0, rows.columnCount - 1) == batch.number
            // No answer ever reaches another request.
            if !isOurs { lose(SQLError(.protocolViolation, outcome: .rolledBack)) }
        }
    }

    private func fail(_ head: Pending, _ error: SQLError) {
        if error.isFatal, !head.isInSync { lastWords = error }
        switch head {
        case .prepare(let statement):
            statement.failure = error
            statements.forget(statement)
        case .deallocate: break
        case .batch(let batch):
            guard batch.failure == nil else { return }
            batch.failure = Self.failure(of: batch, error)
            batch.failure?.statement = batch.statementUnderWay
            if error.isStalePlan, batch.position < batch.prepared.count,
                let statement = batch.prepared[batch.position]
            {
                replace(statement)
            }
        }
    }

    /// An error in a statement's place tells that nothing was committed, even when it ends the
    /// connection; in the Sync's place only an ordinary one does.
    private static func failure(of batch: Batch, _ error: SQLError) -> SQLError {
        if batch.position < batch.prepared.count, let cause = batch.prepared[batch.position]?.failure {
            return cause
        }
        let hasServerSpoken = error.state.classCode != "08"
        return hasServerSpoken && !(batch.isInSync && error.isFatal) ? error : error.with(batch.lossOutcome)
    }

    private func endSync() {
        // What was told before an answer is handed on before it.
        receiveNotifications()
        guard let head = pending.popFirst() else { return }
        guard case .batch(let batch) = head else { return }
        load -= 1
        if load == 0 { idleSince = loop.now }
        if batch.failure == nil, batch.position != batch.steps.count {
            batch.failure = SQLError(.protocolViolation, outcome: batch.lossOutcome)
            batch.complete()
            return lose(SQLError(.protocolViolation, outcome: .rolledBack))
        }
        // The block is ended before anyone else can reach the connection.
        if batch.leavesBlockOpen, batch.failure != nil { send(.rollback()) }
        batch.complete()
        if state == .ready { owner?.connectionHasRoom(self) }
    }
}

extension Batch {
    /// Whether all statements have been answered, and only the commit has not.
    fileprivate var isInSync: Bool { position >= steps.count }

    /// The place among the caller's statements of the one that is being answered.
    fileprivate var statementUnderWay: Int? {
        guard !isInSync, steps[position].role == .answer else { return nil }
        return answers.count
    }
}

extension Connection.Pending {
    fileprivate var isInSync: Bool {
        if case .batch(let batch) = self { return batch.isInSync }
        return false
    }
}
