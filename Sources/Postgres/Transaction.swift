internal import Loop

/// A transaction in which a task looks at one answer before it asks the next question.
///
/// It begins with its first statement. A class, as it is the one holder of its connection.
/// `@unchecked Sendable`: everything that changes is touched only on the connection's loop.
public final class Transaction: @unchecked Sendable {
    private let connection: Connection
    private let pool: ConnectionPool
    private let opening: [Batch.Step]
    private let number: Int64
    private let isReadOnly: Bool
    private let statementTimeout: Int
    private let tellIfSlow: @Sendable (Int64, [SQL]) -> Void
    private var hasBegun = false
    private var isOver = false

    init(
        _ connection: Connection, _ pool: ConnectionPool, _ settings: SessionSettings, opening: [Batch.Step],
        number: Int64, tellIfSlow: @escaping @Sendable (_ since: Int64, _ statements: [SQL]) -> Void
    ) {
        self.connection = connection
        self.pool = pool
        self.opening = opening
        self.number = number
        self.tellIfSlow = tellIfSlow
        isReadOnly = settings.isReadOnly
        statementTimeout = settings.statementTimeout ?? pool.limits.statementTimeout
    }

    /// Runs one statement.
    public func query(_ sql: SQL) async throws(SQLError) -> Rows {
        let answers = try await batch([sql])
        guard let rows = answers.first else { throw SQLError(.protocolViolation, outcome: .rolledBack) }
        return rows
    }

    /// Runs statements in one round trip, in order; an error skips those behind it.
    public func batch(_ statements: [SQL]) async throws(SQLError) -> [Rows] {
        try await run(statements, isNamed: true)
    }

    /// Reads any number of rows, `fetch` at a time: `body` sees one portion while the rest waits in the
    /// server. Only one such reading at a time in a transaction.
    public func forEachBatch(_ sql: SQL, fetch: Int, _ body: (Rows) async throws -> Void) async throws {
        let fetching = SQL(text: "fetch forward \(max(1, fetch)) from portion")
        let declaring = SQL(text: "declare portion no scroll cursor for \(sql.text)", binds: sql.binds)
        var rows = try await run([declaring, fetching], isNamed: false)[1]
        while !rows.isEmpty {
            try await body(rows)
            guard rows.count == max(1, fetch) else { break }
            rows = try await run([fetching], isNamed: false)[0]
        }
        _ = try await run(["close portion"], isNamed: false)
    }

    private func run(_ statements: [SQL], isNamed: Bool) async throws(SQLError) -> [Rows] {
        guard !statements.isEmpty else { return [] }
        try Database.validate(statements)
        guard !Task.isCancelled else { throw SQLError(.queryCanceled, outcome: .rolledBack) }
        let steps = statements.map { Batch.Step(sql: $0, role: .answer, isNamed: isNamed) }
        let batch = makeBatch(steps, lossOutcome: .rolledBack)
        let began = Monotonic.microseconds()
        defer { tellIfSlow(began, statements) }
        let result = await withTaskCancellationHandler {
            await send(batch)
        } onCancel: {
            pool.loop.execute { [pool] in pool.cancel(batch) }
        }
        return try result.get()
    }

    private func makeBatch(_ steps: [Batch.Step], lossOutcome: SQLError.Outcome) -> Batch {
        Batch(steps: steps, number: number, lossOutcome: lossOutcome, statementTimeout: statementTimeout)
    }

    private func send(_ batch: Batch) async -> Result<[Rows], SQLError> {
        await withUnsafeContinuation { continuation in
            pool.onLoop { [self] in
                batch.whenDone { continuation.resume(returning: $0) }
                guard !isOver else {
                    return batch.complete(.failure(SQLError(.noTransaction, outcome: .notSent)))
                }
                if !hasBegun { batch.steps = opening + batch.steps }
                hasBegun = true
                connection.send(batch)
            }
        }
    }

    // MARK: The end

    /// Commits, unless nothing was done. A transaction that has failed before can't be committed.
    func commit() async throws(SQLError) {
        let step = Batch.Step(sql: Context.commit.sql, role: .answer)
        let answers = try await finish(makeBatch([step], lossOutcome: isReadOnly ? .rolledBack : .unknown))
            .get()
        guard let answer = answers.first, answer.commandTag != "COMMIT" else { return }
        throw SQLError(.failedTransaction, outcome: .rolledBack)
    }

    /// Rolls back, unless the transaction is over.
    func rollback() async { _ = await finish(.rollback()) }

    private func finish(_ batch: Batch) async -> Result<[Rows], SQLError> {
        await withUnsafeContinuation { continuation in
            pool.onLoop { [self] in
                guard !isOver else { return continuation.resume(returning: .success([])) }
                isOver = true
                batch.whenDone { [self] result in
                    pool.release(connection)
                    continuation.resume(returning: result)
                }
                guard hasBegun else { return batch.complete(.success([])) }
                connection.send(batch)
            }
        }
    }
}
