public import Kernel
internal import Loop
internal import Mail
internal import Postgres
public import Wire

/// A process's services over a migrated database of its own, without a server.
public struct TestRuntime: Sendable {
    public let runtime: Runtime
    public let database: TestDatabase
    private let loops: LoopGroup

    /// Runs `body` with plugins and a clock, and ends every thread and connection after it.
    public static func run(
        _ plugins: [any Plugin], clock: any WallClock = SystemClock(),
        _ body: (TestRuntime) async throws -> Void
    ) async throws {
        let registry = try Registry(plugins)
        let database = try TestDatabase.make(registry)
        let loops = try LoopGroup(count: 2)
        let test = try TestRuntime(
            runtime: services(registry, database, loops, clock: clock), database: database, loops: loops)
        let result: Result<Void, any Error>
        do { result = .success(try await body(test)) } catch { result = .failure(error) }
        await test.runtime.database.stop()
        test.runtime.stopThreads()
        loops.stop()
        try result.get()
    }

    /// Another process's services on the same database and loops, with a clock of its own; to be given back
    /// to `stop`.
    public func another(clock: any WallClock = SystemClock()) throws -> Runtime {
        try Self.services(runtime.registry, database, loops, clock: clock)
    }

    /// Makes an organization with these plugins on, as the operator would.
    public func organization(_ slug: String, plugins: [String] = []) throws -> UUIDv7 {
        let id = UUIDv7.make()
        _ = try database.admin(
            "insert into platform.organizations (id, slug, name) values (\(id)::uuid, \(slug), \(slug))")
        _ = try database.admin(
            """
            insert into kernel.installed_plugins (organization_id, plugin)
            select \(id)::uuid, p
            from unnest(\(plugins)::text[]) as p
            """)
        return id
    }

    private static func services(
        _ registry: Registry, _ database: TestDatabase, _ loops: LoopGroup, clock: any WallClock
    ) throws -> Runtime {
        let folder = try TestFolder.make()
        return Runtime(
            configuration: RuntimeConfiguration(
                publicURL: "http://localhost:8080", dataDirectory: folder,
                secretKey: [UInt8](repeating: 7, count: 32)),
            registry: registry,
            database: Database(DatabaseConfiguration(database.applicationConnection), loops: loops),
            loops: loops,
            mailer: .folder(path: folder), clock: clock, log: Log(minimum: TestFolder.logLevel))
    }
}
