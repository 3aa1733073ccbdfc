public import Postgres
public import Wire

/// What a request knows of itself beside its caller.
public struct RequestInfo: Sendable {
    /// Sent back as `X-Request-ID`, written to logs and audit.
    public let id: String
    /// The client's address.
    public let address: String
    public let userAgent: String
    /// The language of answers.
    public let language: Language
    public let idempotencyKey: String?
    /// As `If-Match` sent it.
    public let expectedVersion: Int?

    /// Describes a request, or what stands in for one in jobs and commands.
    public init(
        id: String, address: String = "", userAgent: String = "", language: Language = .italian,
        idempotencyKey: String? = nil, expectedVersion: Int? = nil
    ) {
        self.id = id
        self.address = address
        self.userAgent = userAgent
        self.language = language
        self.idempotencyKey = idempotencyKey
        self.expectedVersion = expectedVersion
    }
}

/// Who acts, through which services, at what moment, and in which transaction: handed down, never ambient.
public struct Context: Sendable {
    public let runtime: Runtime
    public let principal: Principal
    public let request: RequestInfo
    /// The moment of the request; everything that it writes carries it.
    public let now: Instant
    /// The owned transaction that the action runs in, where it has one.
    public let transaction: Transaction?
    /// Whether an import writes.
    let isImport: Bool

    init(
        runtime: Runtime, principal: Principal, request: RequestInfo, now: Instant,
        transaction: Transaction? = nil,
        isImport: Bool = false
    ) {
        self.runtime = runtime
        self.principal = principal
        self.request = request
        self.now = now
        self.transaction = transaction
        self.isImport = isImport
    }

    /// Makes scopes for this caller.
    public var authorizer: Authorizer { Authorizer(principal: principal) }

    /// The caller's organization; a problem where there is none.
    public func organization() throws(Problem) -> UUIDv7 {
        guard let organization = principal.organization else { throw Problem(409, "no_organization") }
        return organization
    }

    /// The entity's definition as the registry knows it.
    public func definition<Subject: Entity>(_ type: Subject.Type) throws(Problem) -> EntityDefinition {
        guard let definition = runtime.registry.entity(type.name) else { throw Problem.notFound }
        return definition
    }

    func inside(_ transaction: Transaction) -> Context {
        Context(
            runtime: runtime, principal: principal, request: request, now: now, transaction: transaction,
            isImport: isImport)
    }

    func importing() -> Context {
        Context(
            runtime: runtime, principal: principal, request: request, now: now, transaction: transaction,
            isImport: true)
    }

    /// The settings that every batch and transaction of this caller opens with.
    func settings(readOnly: Bool, timeout: Int? = nil) -> SessionSettings {
        var values: [(name: String, value: String)] = []
        if let organization = principal.organization {
            values.append((name: "app.organization_id", value: organization.description))
        }
        values.append((name: "app.actor_kind", value: principal.kind.rawValue))
        values.append((name: "app.actor_id", value: principal.user?.description ?? ""))
        values.append((name: "app.request_id", value: request.id))
        values.append((name: "app.address", value: request.address))
        if principal.preferences.isLarge {
            values.append((name: "plan_cache_mode", value: "force_custom_plan"))
        }
        return SessionSettings(values, isReadOnly: readOnly, statementTimeout: timeout)
    }
}

extension Context {
    /// Reads in one batch; inside an owned transaction the statements run there.
    public func read(_ statements: [SQL], _ queryClass: QueryClass = .short) async throws(Problem) -> [Rows] {
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
    public func write(_ statements: [SQL]) async throws(Problem) -> [Rows] {
        do {
            if let transaction { return try await transaction.batch(statements) }
            let answers = try await runtime.database.write(settings(readOnly: false), statements)
            if principal.organization != nil { runtime.signal.raise(.events) }
            return answers
        } catch {
            throw Problem(error, in: runtime)
        }
    }

    /// Runs `body` in an owned transaction: committed when it returns, undone when it throws.
    ///
    /// Nothing outside of the database is waited for in it. Inside another one, it joins that.
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
            let value = try await runtime.database.transaction(settings(readOnly: false), queryClass) {
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

    /// A text in the caller's language.
    public func text(_ key: String, _ parameters: [String: String] = [:]) -> String {
        runtime.registry.messages.text(key, parameters, in: request.language)
    }
}

extension Context {
    /// What stands in for a request where the operator works by command.
    public static func command(_ name: String, runtime: Runtime) -> Context {
        Context(
            runtime: runtime, principal: .anonymous,
            request: RequestInfo(id: "command:\(name)", language: .english), now: runtime.clock.now())
    }
}
