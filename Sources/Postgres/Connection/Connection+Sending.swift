internal import CLibpq
internal import Loop
internal import Synchronization

extension Connection {
    /// Queues a batch behind those under way.
    func send(_ batch: Batch) {
        guard state == .ready else {
            return batch.complete(.failure(SQLError(.connectionFailure, outcome: .notSent)))
        }
        batch.place = .sent(self)
        guard !isCancelling else { return held.append(batch) }
        load += 1
        counters?.sent.add(1, ordering: .relaxed)
        if pending.isEmpty { lastProgress = loop.now }
        guard prepare(batch), queue(batch) else {
            // Without its Sync nothing of it can be committed.
            batch.failure = SQLError(.connectionFailure, outcome: .notSent)
            pending.append(.batch(batch))
            return lose(SQLError(.connectionFailure, outcome: .rolledBack))
        }
        pending.append(.batch(batch))
        // Without a limit of its own a statement may take for ever.
        let limit = batch.statementTimeout > 0 ? Int64(batch.statementTimeout + settings.silence) : Int64.max
        patience = max(load == 1 ? 0 : patience, limit)
        flush()
    }

    private func queue(_ batch: Batch) -> Bool {
        guard let pg else { return false }
        for (position, step) in batch.steps.enumerated() {
            let statement = batch.prepared.isEmpty ? nil : batch.prepared[position]
            let isQueued = parameters.with(step.sql.binds) { count, values in
                if let statement {
                    return PQsendQueryPrepared(pg, statement.name, count, values, nil, nil, 0)
                }
                return PQsendQueryParams(pg, step.sql.text, count, nil, values, nil, nil, 0)
            }
            guard isQueued == 1 else { return false }
        }
        return PQpipelineSync(pg) == 1
    }

    /// Prepares what the batch needs and the connection has not, each with a Sync of its own: an error
    /// skips everything up to the next Sync, a Parse in it too.
    private func prepare(_ batch: Batch) -> Bool {
        guard settings.usesNames, let pg else { return true }
        statements.beginUse()
        batch.prepared.reserveCapacity(batch.steps.count)
        for step in batch.steps {
            guard step.isNamed else {
                batch.prepared.append(nil)
                continue
            }
            let (statement, isNew) = statements.use(step.sql.text)
            batch.prepared.append(statement)
            guard isNew else { continue }
            guard PQsendPrepare(pg, statement.name, statement.text, 0, nil) == 1, PQpipelineSync(pg) == 1
            else {
                return false
            }
            pending.append(.prepare(statement))
        }
        return deallocate(statements.evict())
    }

    private func deallocate(_ statements: [PreparedStatement]) -> Bool {
        guard let pg else { return false }
        for statement in statements {
            guard PQsendQueryParams(pg, "deallocate \(statement.name)", 0, nil, nil, nil, nil, 0) == 1,
                PQpipelineSync(pg) == 1
            else { return false }
            pending.append(.deallocate)
        }
        return true
    }

    /// Forgets a statement whose plan does not fit its table any more; the next use prepares it anew.
    func replace(_ statement: PreparedStatement) {
        statements.forget(statement)
        if !deallocate([statement]) { lose(SQLError(.connectionFailure, outcome: .rolledBack)) }
    }

    // MARK: Cancelling

    /// Asks the server to give up what runs. Only for an owner: nothing else may be under way. What is
    /// sent meanwhile waits, so that the request never meets another statement.
    func cancelRunning(on threads: BlockingPool) {
        guard state == .ready, !isCancelling, load > 0, let pg, let request = PQgetCancel(pg) else { return }
        isCancelling = true
        let handle = CancelRequest(pointer: request)
        loop.start { [self] in
            // PQcancel opens a connection of its own and blocks.
            let isDelivered = (try? await threads.run { handle.deliver() }) ?? false
            isCancelling = false
            guard isDelivered else { return lose(SQLError(.connectionFailure, outcome: .rolledBack)) }
            let batches = held
            held = []
            for batch in batches { send(batch) }
            if batches.isEmpty, load == 0 { owner?.connectionHasRoom(self) }
        }
    }
}

/// libpq's own copy of what a cancel request needs.
///
/// `@unchecked Sendable`: used by one thread, once.
private struct CancelRequest: @unchecked Sendable {
    let pointer: OpaquePointer

    func deliver() -> Bool {
        var words = [CChar](repeating: 0, count: 256)
        defer { PQfreeCancel(pointer) }
        return PQcancel(pointer, &words, Int32(words.count)) == 1
    }
}
