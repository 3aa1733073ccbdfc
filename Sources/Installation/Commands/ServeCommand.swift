internal import Glibc
internal import HTTP
internal import Kernel
internal import Loop
internal import Wire

/// Serves requests and works jobs until it is told to stop.
public enum ServeCommand: Command {
    public static let name = "serve"
    public static let summary = "serve the API and run background work"
    public static let options: Set<String> = ["port", "address"]
    public static let flags: Set<String> = ["migrate", "demo", "no-worker"]
    public static let help = """
        Serves on http://ADDRESS:PORT (127.0.0.1:8080) until SIGTERM or SIGINT, then lets requests and jobs
        finish, for 10 seconds at most; after SIGTERM a proxy's idle connections stay for DRAIN_SECONDS (6).
        Without DATABASE_URL it keeps a private PostgreSQL in PLATFORM_DIRECTORY (.platform).

          --address ADDRESS  listen on this address
          --port PORT        listen on this port
          --migrate          bring the database up to date first
          --demo             load the demo organization first, once, and print how to log in
          --no-worker        serve requests only
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        var settings = try Settings.current()
        if let address = arguments["address"] { settings.address = address }
        if let text = arguments["port"] {
            guard let port = Int(text), (0...65_535).contains(port) else {
                throw UsageFault("--port is no port: \(text)")
            }
            settings.port = port
            settings.publicURL = getenv("PUBLIC_URL") == nil ? "http://localhost:\(port)" : settings.publicURL
            try settings.demandAdminPlace()
        }
        // Blocked before any thread starts, so that only `sigwait` below takes them.
        let signals = StopSignals()
        OpenFileLimit.raise()
        let process = try PlatformProcess(settings, registry: try Registry(InstalledPlugins.all))
        defer { process.close() }
        try process.checkMigrations(migrating: arguments.has("migrate"))
        try process.start()
        let logins = arguments.has("demo") ? try Demo.load(in: process) : nil
        let server = try makeServer(process)
        try listen(server)
        let admin = makeAdminServer(process, of: server)
        try listen(admin)
        // Behind what may yet be refused: a worker that has begun holds jobs.
        let worker =
            arguments.has("no-worker") ? nil : Worker(runtime: process.runtime, concurrency: settings.jobs)
        try process.wait { _ in await worker?.start() }
        Terminal.say(banner(server.port, admin.port, settings, logins))
        // Whoever sits at a terminal has no proxy that must be given time.
        let drain = signals.wait() == SIGINT ? 0 : settings.drain
        Terminal.say("Stopping: requests and jobs under way may finish.")
        try process.wait { _ in
            async let served: Void = server.stop(drain: drain, grace: 10)
            await worker?.stop(grace: 10)
            await served
            await admin.stop(grace: 1)
        }
        return 0
    }

    private static func listen(_ server: Server) throws {
        do { try server.start() } catch {
            guard error == .system(call: "bind", errno: EADDRINUSE) else { throw error }
            throw CommandFault("somebody listens on port \(server.wantedPort) already")
        }
    }

    static func makeServer(_ process: PlatformProcess) throws -> Server {
        let runtime = process.runtime
        let health = Health(runtime: runtime, migrations: try InstalledMigrations.folder().migrations())
        let site = Site(runtime: runtime, health: health, pages: [DocsSite.page(runtime: runtime)])
        let gateway = Gateway(runtime: runtime, site: site)
        var configuration = ServerConfiguration()
        configuration.address = process.settings.address
        configuration.port = process.settings.port
        configuration.trustedProxies = process.settings.trustedProxies
        configuration.maximumConnections = process.settings.connections
        configuration.maximumConnectionsPerAddress = process.settings.connectionsPerAddress
        return Server(
            configuration: configuration, loops: process.loops, responder: gateway,
            onRefused: { refusal in gateway.refusal(status: refusal.status) })
    }

    /// For a scraper, on the admin address.
    static func makeAdminServer(_ process: PlatformProcess, of server: Server) -> Server {
        var configuration = ServerConfiguration()
        configuration.address = process.settings.adminAddress
        configuration.port = process.settings.adminPort
        return Server(
            configuration: configuration, loops: process.loops,
            responder: AdminSite(runtime: process.runtime) { [weak server] in server?.connectionCount ?? 0 },
            onRefused: { refusal in AdminSite.refusal(status: refusal.status) })
    }

    private static func banner(
        _ port: Int, _ adminPort: Int, _ settings: Settings, _ logins: String?
    ) -> String {
        var lines = [
            "",
            """
            Serving on \(settings.publicURL) (port \(port)); the API's docs are at \
            \(settings.publicURL)/api/docs
            """,
        ]
        lines.append("Figures for a scraper: http://\(settings.adminAddress):\(adminPort)/metrics")
        if settings.smtp == nil {
            lines.append("Mails are put into \(settings.directory)/outbox: no SMTP_URL is set.")
        }
        if let logins { lines.append(logins) }
        return lines.joined(separator: "\n")
    }
}

/// SIGTERM and SIGINT, taken by the main thread alone.
struct StopSignals {
    private var set = sigset_t()

    init() {
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for one of them, and tells which it was.
    @discardableResult
    func wait() -> Int32 {
        var waited = set
        var signal: Int32 = 0
        sigwait(&waited, &signal)
        return signal
    }
}
