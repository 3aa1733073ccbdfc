internal import Loop

/// How tasks, on whatever thread, hand their work to the loop and wait for its answer.
extension ConnectionPool {
    /// Answers a batch sent on a shared connection. Not cancelled: its time is short.
    func shared(_ batch: Batch) async -> Result<[Rows], SQLError> {
        await withUnsafeContinuation { continuation in
            onLoop { [self] in
                batch.whenDone { continuation.resume(returning: $0) }
                share(batch)
            }
        }
    }

    /// Answers a batch sent on a connection that carries nothing else meanwhile.
    func alone(_ batch: Batch, isCancellable: Bool) async -> Result<[Rows], SQLError> {
        batch.reservation = Reservation()
        guard isCancellable else { return await waitAlone(batch) }
        return await withTaskCancellationHandler {
            await waitAlone(batch)
        } onCancel: {
            loop.execute { [self] in cancel(batch) }
        }
    }

    private func waitAlone(_ batch: Batch) async -> Result<[Rows], SQLError> {
        await withUnsafeContinuation { continuation in
            onLoop { [self] in
                batch.whenDone { continuation.resume(returning: $0) }
                runAlone(batch)
            }
        }
    }

    /// A connection of one's own; waiting for it ends with the task.
    func connection() async -> Result<Connection, SQLError> {
        let reservation = Reservation()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                onLoop { [self] in
                    reservation.whenGranted { continuation.resume(returning: $0) }
                    reserve(reservation)
                }
            }
        } onCancel: {
            loop.execute { [self] in cancel(reservation) }
        }
    }
}
