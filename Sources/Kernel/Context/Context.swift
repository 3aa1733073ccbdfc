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
    public internal(set) var language: Language
    public let idempotencyKey: String?
    /// As `If-Match` sent it.
    public let expectedVersion: Int?
    /// Where it stands among the steps of a larger work.
    public let trace: Trace?
    /// How a session that it opens or renews is handed over.
    public internal(set) var handover = SessionHandover.tokens

    /// Describes a request, or what stands in for one in jobs and commands.
    public init(
        id: String, address: String = "", userAgent: String = "", language: Language = .italian,
        idempotencyKey: String? = nil, expectedVersion: Int? = nil, trace: Trace? = nil
    ) {
        self.id = id
        self.address = address
        self.userAgent = userAgent
        self.language = language
        self.idempotencyKey = idempotencyKey
        self.expectedVersion = expectedVersion
        self.trace = trace
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
    /// Where hooks' reads may be answered from memory: what they were told is then a condition of the write.
    let recollection: Recollection?

    init(
        runtime: Runtime, principal: Principal, request: RequestInfo, now: Instant,
        transaction: Transaction? = nil,
        isImport: Bool = false, recollection: Recollection? = nil
    ) {
        self.runtime = runtime
        self.principal = principal
        self.request = request
        self.now = now
        self.transaction = transaction
        self.isImport = isImport
        self.recollection = recollection
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

    func recalling(_ recollection: Recollection) -> Context {
        Context(
            runtime: runtime, principal: principal, request: request, now: now, transaction: transaction,
            isImport: isImport, recollection: recollection)
    }

    /// The same context, whose reads are made.
    func forgetful() -> Context {
        Context(
            runtime: runtime, principal: principal, request: request, now: now, transaction: transaction,
            isImport: isImport)
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
