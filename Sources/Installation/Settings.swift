internal import Crypto
internal import Glibc
public import HTTP
public import Kernel
public import Mail
internal import Wire

/// What the operator sets, from the environment; docs/operations.md lists every variable.
public struct Settings: Sendable {
    /// Where the private cluster, files and keys lie.
    public var directory: String
    /// Conninfo or URL of an operator's own PostgreSQL; nil keeps a private one.
    public var databaseURL: String?
    /// The same for a role that may assume `platform_owner`; by default `databaseURL`.
    public var migrationURL: String?
    /// The same for `platform_app` past PgBouncer, for what a pooler does not know: LISTEN.
    public var directURL: String?
    public var address: String
    public var port: Int
    public var publicURL: String
    public var mailFrom: String
    public var smtp: SMTPServer?
    public var logLevel: Log.Level
    /// Event loops; nil is one per processor.
    public var loops: Int?
    /// Behind PgBouncer: statements without names.
    public var isPooled: Bool
    /// Jobs that a process runs at once.
    public var jobs: Int
    /// Seconds that idle connections stay open after SIGTERM.
    public var drain: Int
    /// Where /metrics is: a loopback or private address.
    public var adminAddress: String
    public var adminPort: Int { chosenAdminPort ?? (port == 0 ? 0 : port + 1) }
    private var chosenAdminPort: Int?
    /// Milliseconds after which a request and a query are logged as slow.
    public var slowRequest: Int
    public var slowQuery: Int
    /// Whether default and short secrets are refused.
    public var isProduction: Bool
    /// How many requests callers may send; nil for as many as they like.
    public var requestLimits: RequestLimits?
    /// Proxies whose X-Forwarded-For is believed.
    public var trustedProxies: [AddressRange]
    /// Connections in all, and those of one address.
    public var connections: Int
    public var connectionsPerAddress: Int
    /// Event streams of a process, and of one person on it.
    public var streams: Int
    public var streamsPerUser: Int
    /// The folder of the web client's build; nil for `web/dist`, where there is one.
    public var webDirectory: String?
    /// The origin of a delivery network that has the web client's assets.
    public var assetsOrigin: String?

    /// Reads the environment; a variable that can't be understood is a fault that names it.
    public init(environment: [String: String]) throws(SettingsFault) {
        directory = environment["PLATFORM_DIRECTORY"] ?? ".platform"
        databaseURL = environment["DATABASE_URL"]
        migrationURL = environment["MIGRATION_DATABASE_URL"] ?? environment["DATABASE_URL"]
        directURL = environment["DIRECT_DATABASE_URL"]
        address = environment["ADDRESS"] ?? "127.0.0.1"
        port = try Self.number("PORT", environment, 8080, 0...65_535)
        publicURL = environment["PUBLIC_URL"] ?? "http://localhost:\(port)"
        mailFrom = environment["MAIL_FROM"] ?? "noreply@localhost"
        loops = environment["LOOPS"] == nil ? nil : try Self.number("LOOPS", environment, 2, 1...256)
        jobs = try Self.number("JOBS", environment, 4, 1...100)
        drain = try Self.number("DRAIN_SECONDS", environment, 6, 0...60)
        adminAddress = environment["ADMIN_ADDRESS"] ?? "127.0.0.1"
        chosenAdminPort =
            environment["ADMIN_PORT"] == nil ? nil : try Self.number("ADMIN_PORT", environment, 0, 0...65_535)
        slowRequest = try Self.number("SLOW_REQUEST_MS", environment, 1000, 1...3_600_000)
        slowQuery = try Self.number("SLOW_QUERY_MS", environment, 500, 1...3_600_000)
        isPooled = environment["PGBOUNCER"] == "true"
        isProduction = try Self.isProduction(environment, publicURL)
        requestLimits = try RequestLimits(environment)
        trustedProxies = try Self.proxies(environment["TRUSTED_PROXIES"] ?? "")
        connections = try Self.number("MAX_CONNECTIONS", environment, 20_000, 10...1_000_000)
        connectionsPerAddress = try Self.number(
            "MAX_CONNECTIONS_PER_ADDRESS", environment, 1000, 1...1_000_000)
        streams = try Self.number("MAX_STREAMS", environment, 15_000, 0...1_000_000)
        streamsPerUser = try Self.number("MAX_STREAMS_PER_USER", environment, 20, 1...1_000_000)
        webDirectory = environment["WEB_DIRECTORY"]
        assetsOrigin = environment["WEB_ASSETS_ORIGIN"]
        guard let level = Log.Level(rawValue: environment["LOG_LEVEL"] ?? "info") else {
            throw SettingsFault(name: "LOG_LEVEL", expected: "debug, info, warning or error")
        }
        logLevel = level
        guard publicURL.hasPrefix("http://") || publicURL.hasPrefix("https://"), !publicURL.hasSuffix("/")
        else {
            throw SettingsFault(name: "PUBLIC_URL", expected: "http(s)://host without a slash at the end")
        }
        smtp = environment["SMTP_URL"].map { url in
            SMTPServer(
                url: url, user: environment["SMTP_USER"], password: environment["SMTP_PASSWORD"],
                authority: environment["SMTP_CA"], isEncrypted: environment["SMTP_ENCRYPTED"] != "false")
        }
        try demandAdminPlace()
    }

    /// The environment of this process.
    public static func current() throws(SettingsFault) -> Settings {
        var values: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return try Settings(environment: values)
    }

    static func number(
        _ name: String, _ environment: [String: String], _ standard: Int, _ bounds: ClosedRange<Int>
    ) throws(SettingsFault) -> Int {
        guard let text = environment[name] else { return standard }
        guard let number = Int(text), bounds.contains(number) else {
            throw SettingsFault(
                name: name, expected: "a number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return number
    }
}

/// A variable of the environment that can't be understood.
public struct SettingsFault: Error, Sendable, CustomStringConvertible {
    let name: String
    let expected: String
    public var description: String { "\(name) must be \(expected)" }
}
