internal import Crypto
public import Loop
public import Mail
public import Postgres
public import Wire

/// The services of a running process, made once at start and handed down in every context.
public final class Runtime: Sendable {
    public let configuration: RuntimeConfiguration
    public let registry: Registry
    public let database: Database
    public let loops: LoopGroup
    /// For work that blocks: files, mail.
    public let blocking: BlockingPool
    /// For password hashing alone: at most one per processor.
    public let hashing: BlockingPool
    public let mailer: MailTransport
    public let clock: any WallClock
    public let log: Log
    public let tokens: TokenKeys
    /// What this process has done, for its admin address.
    public let metrics: Metrics
    /// When the process was put together.
    let started: Instant
    let principals: PrincipalCache
    let memory = Memory()
    /// Makes and reads the cookies of browser sessions.
    public let cookies: SessionCookies
    /// The same of the vendor's realm.
    public let vendorCookies: SessionCookies
    let formProofs: FormProofs
    let limiter: RequestLimiter
    let origins = CrossOriginList()
    let keyUses = KeyUses()
    let keyRefusals = KeyUses()
    let signal: JobSignal
    let streams: Streams
    let cursorKey: [UInt8]

    /// Puts a process together; nothing is started yet.
    public init(
        configuration: RuntimeConfiguration, registry: Registry, database: Database, loops: LoopGroup,
        mailer: MailTransport, clock: any WallClock = SystemClock(), log: Log
    ) {
        self.configuration = configuration
        self.registry = registry
        self.database = database
        self.loops = loops
        self.mailer = mailer
        self.clock = clock
        self.log = log
        blocking = BlockingPool(threads: 2)
        hashing = BlockingPool(threads: LoopGroup.processors, capacity: 256)
        principals = PrincipalCache()
        metrics = Metrics(loops: loops.loops.count)
        started = .now()
        cookies = SessionCookies(
            publicURL: configuration.publicURL, secretKey: configuration.secretKey)
        vendorCookies = SessionCookies(
            publicURL: configuration.publicURL, secretKey: configuration.secretKey, realm: .vendor)
        formProofs = FormProofs(
            publicURL: configuration.publicURL, secretKey: configuration.secretKey)
        limiter = RequestLimiter(database: database)
        signal = JobSignal(database: database, loops: loops)
        streams = Streams(
            configuration: configuration, registry: registry, database: database, loops: loops, clock: clock)
        tokens = TokenKeys(publicURL: configuration.publicURL, secretKey: configuration.secretKey)
        cursorKey = hmacSHA256(Array("cursor".utf8), key: configuration.secretKey)
        database.whenSlow { [log, metrics] batch in
            metrics.slowBatch("\(batch.queryClass)")
            log.slow(batch)
        }
    }

    /// The cookies of a realm.
    func cookies(of realm: TokenAudience) -> SessionCookies { realm == .vendor ? vendorCookies : cookies }

    /// Loads the keys of tokens, now and each minute: another process may make a new one. Offers the built-in
    /// roles what the plugins newly suggest, and keeps rights true from now on.
    public func start() async throws {
        try await tokens.load(from: database, now: clock.now())
        try await RoleOffers(registry).extend(in: database)
        try await streams.start(self)
        followGrants()
        let loop = loops.loops[0]
        loop.execute { [weak self] in Self.loadKeysLater(on: loop, for: self) }
    }

    private static func loadKeysLater(on loop: EventLoop, for runtime: Runtime?) {
        guard runtime != nil else { return }
        loop.schedule(after: 60_000) { [weak runtime] in
            guard let runtime else { return }
            loop.start {
                do { try await runtime.tokens.load(from: runtime.database, now: runtime.clock.now()) } catch {
                    runtime.log.line(.warning, "tokens.not_loaded")
                }
            }
            loadKeysLater(on: loop, for: runtime)
        }
    }

    /// Its notices name an organization or a session whose rights have changed.
    private static let grantsChannel = "platform_grants"

    /// Keeps cached rights true: they are forgotten by notice, and not trusted while notices may be missed.
    /// Streams hear of both, rights and events.
    private func followGrants() {
        database.listen(
            channels: [Self.grantsChannel, JobSignal.channel, PresenceBoard.channel],
            onNotification: { [principals, origins, streams] channel, payload in
                if channel == Self.grantsChannel {
                    principals.forget(payload)
                    origins.forget()
                }
                streams.hear(payload, on: channel)
            },
            onTrust: { [principals, streams] isTrusted in
                principals.trust(isTrusted)
                if !isTrusted { streams.distrust() }
            },
            onHeard: { [principals] moment in principals.hear(upTo: moment) })
    }

    /// Ends the threads for blocking work once what waits is done.
    public func stopThreads() {
        streams.stop()
        blocking.stop()
        hashing.stop()
    }
}

/// What the operator decides.
public struct RuntimeConfiguration: Sendable {
    /// Where the product is reached from outside, without a slash at the end; stands in mails and `iss`.
    public var publicURL: String
    /// Where files of imports and exports lie.
    public var dataDirectory: String
    /// 32 bytes, kept outside of the database: encrypts secrets, signs cursors.
    public var secretKey: [UInt8]
    /// Sender of the platform's own mails.
    public var mailFrom: String
    /// Milliseconds after which a request is logged as slow.
    public var slowRequest = 1000
    /// Largest file of an import, in bytes.
    public var importLimit: Int64
    /// How many requests callers may send; nil for as many as they like.
    public var requestLimits: RequestLimits? = RequestLimits()
    /// Event streams that this process bears, and those of one person.
    public var streams = 15_000
    public var streamsOfUser = 20
    /// Where the public CRM data lies that organizations may try the product with; nil where it is not there.
    public var demoFolder: String?
    /// The web client, where one is built.
    public var web: WebClient?

    /// Describes an installation.
    public init(
        publicURL: String, dataDirectory: String, secretKey: [UInt8],
        mailFrom: String = "Stratikey <noreply@localhost>", importLimit: Int64 = 268_435_456
    ) {
        self.publicURL = publicURL
        self.dataDirectory = dataDirectory
        self.secretKey = secretKey
        self.mailFrom = mailFrom
        self.importLimit = importLimit
    }
}

/// Where the time comes from, so that tests can set it.
public protocol WallClock: Sendable {
    func now() -> Instant
}

/// The machine's own clock.
public struct SystemClock: WallClock {
    public init() {}
    public func now() -> Instant { .now() }
}
