public import Postgres

extension Context {
    /// Milliseconds that a request waits for a lock before it is answered 409 `lock_not_available`.
    private static var patience: Int { 2000 }

    /// Reads in one batch; inside an owned transaction the statements run there.
    public func read(_ statements: [SQL], _ queryClass: QueryClass = .short) async throws(Problem) -> [Rows] {
        if let recollection, transaction == nil, queryClass == .short {
            return try await recollection.read(statements, in: self)
        }
        do {
            if let transaction { return try await transaction.batch(statements) }
            return try await runtime.database.read(settings(readOnly: true), queryClass, statements)
        } catch {
            throw Problem(error, in: runtime)
        }
    }

    /// Reads one statement's rows.
    public func read(_ statement: SQL, _ queryClass: QueryClass = .short) async throws(Problem) -> Rows {
        try await read([statement], queryClass)[0]
    }

    /// Writes in one batch that is all or nothing; inside an owned transaction the statements run there.
    ///
    /// A batch waits for a lock for 100 ms, as others wait behind it; it is then given once more on a
    /// connection of its own, where it waits for `patience`.
    public func write(_ statements: [SQL]) async throws(Problem) -> [Rows] {
        do {
            if let transaction { return try await transaction.batch(statements) }
            return try await send(statements)
        } catch {
            guard transaction == nil, error.state == .lockNotAvailable else {
                throw Problem(error, in: runtime)
            }
        }
        return try await inTransaction { (context: Context) async throws(Problem) -> [Rows] in
            try await context.write(statements)
        }
    }

    /// Writes in one batch outside of any transaction, whose failure is the caller's to read.
    ///
    /// `isByKey` where every table is met by key: a plan made while a table was small would go on reading all
    /// of it when it has grown.
    func send(_ statements: [SQL], isByKey: Bool = false) async throws(SQLError) -> [Rows] {
        var settings = settings(readOnly: false)
        if isByKey { settings.values.append((name: "enable_seqscan", value: "off")) }
        let answers = try await runtime.database.write(settings, statements)
        if principal.organization != nil { runtime.signal.raise(.events) }
        return answers
    }

    /// Runs `body` in an owned transaction: committed when it returns, undone when it throws.
    ///
    /// Nothing outside of the database is waited for in it, and no lock longer than `patience`, but in bulk
    /// work. Inside another one, it joins that.
    public func inTransaction<Value: Sendable>(
        _ queryClass: QueryClass = .long, _ body: (Context) async throws(Problem) -> Value
    ) async throws(Problem) -> Value {
        if transaction != nil { return try await body(self) }
        var opened: Transaction?
        var isCommitted = false
        defer {
            if let opened {
                let hasEvents = principal.organization != nil
                runtime.signal.ended(opened, isCommitted: isCommitted, hasEvents: hasEvents)
            }
        }
        do {
            var settings = settings(readOnly: false)
            if queryClass != .bulk { settings.lockTimeout = Self.patience }
            let value = try await runtime.database.transaction(settings, queryClass) {
                transaction in
                opened = transaction
                return try await body(inside(transaction))
            }
            isCommitted = true
            return value
        } catch let problem as Problem {
            throw problem
        } catch let error as SQLError {
            throw Problem(error, in: runtime)
        } catch {
            throw Problem.unavailable
        }
    }
}
