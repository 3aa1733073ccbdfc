internal import CLinux
internal import Crypto
internal import Glibc
public import Kernel
internal import Loop
internal import Mail
internal import Postgres
internal import Synchronization
internal import Wire

/// What every command that touches the database starts with: the cluster, loops, pool and services.
///
/// A class because it owns threads and, where it started one, a database server.
public final class PlatformProcess: Sendable {
    public let settings: Settings
    public let runtime: Runtime
    let loops: LoopGroup
    let database: Database
    private let cluster: ClusterLease

    /// For a role that may assume `platform_owner`.
    var adminConnection: String { cluster.adminConnection }

    /// Opens the database (the private cluster where no other is set) and puts the services together.
    public init(_ settings: Settings, registry: Registry) throws {
        self.settings = settings
        // The account of a private cluster has to get through the directory; nothing is started for a server
        // that is refused.
        try ClusterFiles.makeDirectory(settings.directory, mode: settings.databaseURL == nil ? 0o711 : 0o700)
        let secretKey = try InstallationSecret.read(in: settings.directory)
        try settings.demandProductionSecrets(secretKey: secretKey)
        cluster = try ClusterLease(settings)
        loops =
            try settings.loops.map { count throws(LoopError) in try LoopGroup(count: count) } ?? LoopGroup()
        var configuration = DatabaseConfiguration(cluster.applicationConnection)
        configuration.preparedStatements = !settings.isPooled
        configuration.directConnection = settings.directURL
        configuration.slowAfter = settings.slowQuery
        database = Database(configuration, loops: loops)
        let directory = "\(settings.directory)/data"
        try Folder.make(directory)
        var services = RuntimeConfiguration(
            publicURL: settings.publicURL, dataDirectory: directory, secretKey: secretKey,
            mailFrom: settings.mailFrom)
        services.requestLimits = settings.requestLimits
        services.slowRequest = settings.slowRequest
        services.streams = settings.streams
        services.streamsOfUser = settings.streamsPerUser
        services.web = try settings.webClient()
        services.demoFolder = try? DemoFiles.folder()
        runtime = Runtime(
            configuration: services, registry: registry, database: database, loops: loops,
            mailer: try Self.mailer(settings), log: Log(minimum: settings.logLevel))
    }

    private static func mailer(_ settings: Settings) throws -> MailTransport {
        if let smtp = settings.smtp { return .smtp(smtp) }
        let folder = "\(settings.directory)/outbox"
        try Folder.make(folder)
        return .folder(path: folder)
    }

    /// Connects, loads the token keys and listens for changes of grants.
    public func start() throws {
        try wait { process in
            await process.database.start()
            try await process.runtime.start()
        }
    }

    /// Runs `body` on a loop and waits for it. Not callable from a loop.
    public func wait<Value: Sendable>(
        _ body: @escaping @Sendable (PlatformProcess) async throws -> Value
    ) throws -> Value {
        let outcome = Outcome<Value>()
        loops.loops[0].start {
            do { outcome.settle(.success(try await body(self))) } catch { outcome.settle(.failure(error)) }
        }
        return try outcome.get()
    }

    /// Closes connections, ends the threads and the database server that this process started.
    public func close() {
        _ = try? wait { process in await process.database.stop() }
        runtime.stopThreads()
        loops.stop()
        cluster.close()
    }
}

/// A value that one thread waits for while a loop makes it.
private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let signal = eventfd(0, Int32(EFD_CLOEXEC))

    deinit { close(signal) }

    func settle(_ value: Result<Value, any Error>) {
        result.withLock { $0 = value }
        var one: UInt64 = 1
        _ = write(signal, &one, 8)
    }

    func get() throws -> Value {
        var count: UInt64 = 0
        while read(signal, &count, 8) < 0 && errno == EINTR {}
        guard let settled = result.withLock({ $0 }) else { throw CommandFault("the work was broken off") }
        return try settled.get()
    }
}

/// Folders that only this account may enter.
enum Folder {
    static func make(_ path: String) throws {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/\(part)"
            if mkdir(made, 0o700) != 0, errno != EEXIST {
                throw CommandFault("can't make the folder \(made)")
            }
        }
    }
}

/// The key that secrets in the database are sealed with; it lies outside of the database.
enum InstallationSecret {
    /// `PLATFORM_SECRET_KEY` (64 hexadecimal digits), else the file `secret.key`, made at the first start.
    static func read(in directory: String) throws -> [UInt8] {
        if let text = getenv("PLATFORM_SECRET_KEY").map({ String(cString: $0) }) {
            guard let key = Hex.decode(text), key.count == 32 else {
                throw SettingsFault(name: "PLATFORM_SECRET_KEY", expected: "64 hexadecimal digits")
            }
            return key
        }
        try Folder.make(directory)
        let path = "\(directory)/secret.key"
        if let key = try load(path) { return key }
        let temporary = "\(path).\(getpid())"
        let file = linux_open_create(temporary, 0o600)
        guard file >= 0 else { throw CommandFault("can't write \(path)") }
        let text = Array(Hex.encode(randomBytes(32)).utf8)
        let written = text.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
        defer { unlink(temporary) }
        // Of two processes that start at once, one makes the key and both read it.
        guard written == text.count, link(temporary, path) == 0 || errno == EEXIST, let key = try load(path)
        else {
            throw CommandFault("can't write \(path)")
        }
        return key
    }

    private static func load(_ path: String) throws -> [UInt8]? {
        let file = linux_open_read(path)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(file, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).filter { !$0.isWhitespace }
        guard let key = Hex.decode(text), key.count == 32 else { throw CommandFault("\(path) is damaged") }
        return key
    }

    private static func read(_ file: Int32, _ bytes: inout [UInt8], _ count: Int) -> Int {
        bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, count) }
    }
}
