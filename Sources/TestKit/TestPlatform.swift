internal import CLinux
internal import Glibc
internal import HTTP
public import Installation
public import Kernel
internal import Loop
internal import Mail
internal import Postgres
internal import Synchronization
internal import Wire

/// A whole server under test: its own database, its own port, the compiled-in plugins.
public final class TestPlatform: Sendable {
    public let runtime: Runtime
    public let database: TestDatabase
    public let port: Int
    /// Where mails are put.
    public let outbox: String
    public let worker: Worker
    let loops: LoopGroup
    private let server: Server

    /// Starts a server with these plugins over a database of its own.
    public convenience init(
        plugins: [any Plugin] = InstalledPlugins.all, migrations: [TestMigration] = [],
        clock: any WallClock = SystemClock(), configure: (inout RuntimeConfiguration) -> Void = { _ in }
    ) async throws {
        let registry = try Registry(plugins)
        let database = try TestDatabase.make(registry, migrations: migrations)
        try await self.init(registry, database, clock, configure)
    }

    /// Starts another server over the same database, as a second process would be.
    public convenience init(
        beside other: TestPlatform, plugins: [any Plugin] = InstalledPlugins.all,
        clock: any WallClock = SystemClock(), configure: (inout RuntimeConfiguration) -> Void = { _ in }
    ) async throws {
        try await self.init(Registry(plugins), other.database, clock, configure)
    }

    private init(
        _ registry: Registry, _ database: TestDatabase, _ clock: any WallClock,
        _ configure: (inout RuntimeConfiguration) -> Void
    ) async throws {
        self.database = database
        let folder = try TestFolder.make()
        outbox = "\(folder)/outbox"
        mkdir(outbox, 0o700)
        loops = try LoopGroup(count: 2)
        var configuration = DatabaseConfiguration(database.applicationConnection)
        configuration.short = DatabaseConfiguration.Limits(
            connections: 2, kept: 1, waiting: 1000, waitingTime: 30_000, statementTimeout: 30_000)
        let pool = Database(configuration, loops: loops)
        var settings = RuntimeConfiguration(
            publicURL: "http://localhost:8080", dataDirectory: folder,
            secretKey: [UInt8](repeating: 7, count: 32))
        // Tests ask more in a minute than people do.
        settings.requestLimits = nil
        configure(&settings)
        runtime = Runtime(
            configuration: settings, registry: registry, database: pool, loops: loops,
            mailer: .folder(path: outbox), clock: clock,
            log: Log(minimum: TestFolder.logLevel))
        await pool.start()
        try await runtime.start()
        let health = Health(
            runtime: runtime, migrations: try MigrationFolder(path: TestDatabase.migrations).migrations())
        let gateway = Gateway(
            runtime: runtime,
            site: Site(runtime: runtime, health: health, pages: [DocsSite.page(runtime: runtime)]))
        var serverConfiguration = ServerConfiguration()
        serverConfiguration.maximumConnectionsPerAddress = 10_000
        server = Server(
            configuration: serverConfiguration, loops: loops, responder: gateway,
            onRefused: { refusal in gateway.refusal(status: refusal.status) })
        try server.start()
        port = server.port
        worker = Worker(runtime: runtime)
    }

    /// Gives ports, connections and threads back, on a thread of its own: this may run on a loop that is to
    /// end.
    deinit {
        let (server, runtime, loops) = (server, runtime, loops)
        _ = Thread {
            let gate = EndGate()
            Task(executorPreference: loops.loops[0]) {
                await server.stop(grace: 0)
                await runtime.database.stop(within: 1000)
                gate.open()
            }
            gate.wait()
            runtime.stopThreads()
            loops.stop()
        }
    }

    /// A client without a token.
    public func client(token: String? = nil) -> APIClient { APIClient(port: port, token: token) }

    /// Runs `body` as a task on one of the server's loops.
    public func onLoop<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws
        -> Value
    {
        try await task(body).value
    }

    /// Starts `body` as a task on one of the server's loops, of which there are two; it may be cancelled.
    public func task<Value: Sendable>(
        onLoop number: Int = 0, _ body: @escaping @Sendable () async throws -> Value
    ) -> Task<Value, any Error> {
        Task(executorPreference: loops.loops[number]) { try await body() }
    }

    /// Runs jobs and committed events until nothing is left.
    public func drain() async throws {
        try await onLoop { [worker] in try await worker.runUntilIdle() }
    }

    /// The text of the newest mail to an address, headers included.
    public func mail(to address: String) -> String? {
        TestFolder.files(in: outbox).compactMap { TestFolder.text("\(outbox)/\($0)") }
            .last { $0.contains("To: ") && $0.contains(address) }
    }
}

/// Lets one thread wait for another.
private final class EndGate: Sendable {
    private let signal = eventfd(0, Int32(EFD_CLOEXEC))

    deinit { close(signal) }

    func open() {
        var one: UInt64 = 1
        _ = write(signal, &one, 8)
    }

    func wait() {
        var count: UInt64 = 0
        _ = read(signal, &count, 8)
    }
}
