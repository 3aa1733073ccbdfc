import Postgres
import TestKit
import Testing
import Wire

/// An installation of a proof's own: its database, and the programs that are run on it.
struct Stage {
    let cluster: PostgresCluster
    var environment: [String: String]
    /// Where the programs write their logs.
    let log: String
    private let kept: KeptConnection

    init() throws {
        cluster = try ChaosTests.cluster.get()
        environment = try PlatformProgram.migratedDatabase(in: cluster)
        kept = KeptConnection(environment["MIGRATION_DATABASE_URL"] ?? "")
        environment["RATE_LIMITS"] = "off"
        // The port behind a server's may be taken.
        environment["ADMIN_PORT"] = "0"
        // It stands in tokens, and must outlive a server's port.
        environment["PUBLIC_URL"] = "http://localhost"
        log = "\(try TestFolder.make())/log"
    }

    /// A server of this installation.
    struct Server {
        let program: PlatformProgram
        let port: Int
    }

    /// An organization, with its first admin's token.
    struct Tenant: Sendable {
        let id: UUIDv7
        let token: String
    }

    /// Starts a server, on a free port unless one is given, and waits until it listens.
    func serve(port: Int = 0, _ words: [String] = []) throws -> Server {
        let program = try PlatformProgram(
            ["serve", "--port", "\(port)"] + words, environment, log: log)
        return Server(program: program, port: try program.number(after: "(port "))
    }

    /// Makes an organization with one admin by command, who logs in to the server.
    func tenant(_ name: String, at server: Server) throws -> Tenant {
        let word = name.lowercased().replacing(" ", with: "-")
        let made = try PlatformProgram.run(
            [
                "user", "create", "--email", "admin@\(word).example", "--name", "Ada Rossi", "--password",
                Company.password, "--new-organization", name,
            ], environment)
        try #require(made.status == 0, "\(made.output)")
        let login = try APIClient(port: server.port).send(
            "POST", "auth/login",
            ["email": .string("admin@\(word).example"), "password": .string(Company.password)])
        let token = try #require(login.json["access_token"]?.stringValue, "\(login.text)")
        let me = try APIClient(port: server.port, token: token).send("GET", "me")
        let id = try #require(me.json["organization"]?["id"]?.stringValue.flatMap { UUIDv7($0) })
        return Tenant(id: id, token: token)
    }

    /// Runs one statement as the superuser and gives its rows.
    func admin(_ sql: SQL) throws -> Rows { try kept.query(sql) }

    /// The number in the first row and column.
    func count(_ sql: SQL) throws -> Int { Int(try admin(sql).integer(0, 0) ?? -1) }

    /// Does at once what the end of a dead worker's leases would do within a minute.
    func endLeases() throws {
        _ = try admin(
            """
            update platform.jobs
            set leased_until = now() - interval '1 second'
            where state = 'running'
            """)
    }
}
