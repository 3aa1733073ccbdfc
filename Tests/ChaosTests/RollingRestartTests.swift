import Postgres
import TestKit
import Testing
import Wire

extension ChaosTests {
    /// Two servers on one database, behind the nginx that `deploy/nginx.conf` describes.
    @Suite struct RollingRestartTests {
        @Test func `servers that restart one after the other lose no request behind nginx`() async throws {
            let rounds = Soak.size(1, soak: 8, "restarts of each of two servers")
            var stage = try Stage()
            // Half as long as in the example, and the proxy's keep-alive likewise.
            stage.environment["DRAIN_SECONDS"] = "2"
            stage.environment["TRUSTED_PROXIES"] = "127.0.0.1"
            var servers = try (0..<2).map { _ in try stage.serve(port: Neighbour.freePort()) }
            let tenant = try stage.tenant("Rolling", at: servers[0])
            let proxy = try Proxy(to: servers.map(\.port))
            try #require(await Deadline.holds(within: 10_000) { Neighbour.listens(on: proxy.plainPort) })
            try expectTLS(proxy)
            try expectEvent(proxy, tenant, servers[0])

            let stop = "\(proxy.neighbour.folder)/stop"
            let client = try steadyClient(proxy, tenant, stop)
            var failure: (any Error)?
            do {
                for _ in 0..<rounds { try await restart(&servers, stage) }
            } catch {
                failure = error
            }
            try TestFolder.write("", to: stop)
            let ended = client.end()
            proxy.stop()
            #expect(failure == nil, "\(ended.output)")
            let told = try JSON.parse(ended.output)
            #expect(told["failures"]?.arrayValue == [], "\(ended.output)")
            let made = Int(told["made"]?.integerValue ?? 0)
            #expect(made > 0)
            #expect(told["read"]?.integerValue == Int64(made))
            #expect(try count(stage) == made, "nothing was made twice")
        }

        /// Restarts each server while requests go on.
        private func restart(_ servers: inout [Stage.Server], _ stage: Stage) async throws {
            for index in servers.indices {
                try await expectProgress(stage)
                servers[index].program.stop()
                #expect(servers[index].program.end().status == 0)
                try await expectProgress(stage)
                servers[index] = try stage.serve(port: servers[index].port)
            }
            try await expectProgress(stage)
        }

        private func count(_ stage: Stage) throws -> Int {
            try stage.count("select count(*) from directory.accounts")
        }

        /// Requests go on: some more are answered.
        private func expectProgress(_ stage: Stage) async throws {
            let before = try count(stage)
            try #require(await Deadline.holds(within: 30_000) { try count(stage) >= before + 20 })
        }

        private func expectTLS(_ proxy: Proxy) throws {
            let seen = try Program.output(of: [
                "/usr/bin/curl", "--silent", "--output", "/dev/null", "--cacert", proxy.authority,
                "--write-out", "%{http_version} %{http_code}",
                "https://localhost:\(proxy.port)/health/live",
            ])
            #expect(seen == "2 200")
            let plain = try APIClient(port: proxy.plainPort).send("GET", "/api/docs")
            #expect(plain.status == 308)
            #expect(plain.header("location") == "https://localhost/api/docs")
        }

        /// An event comes through the proxy while the answer goes on.
        private func expectEvent(_ proxy: Proxy, _ tenant: Stage.Tenant, _ server: Stage.Server) throws {
            let stream = try Program(
                [
                    "/usr/bin/curl", "--silent", "--no-buffer", "--max-time", "30", "--cacert",
                    proxy.authority, "--header", "Authorization: Bearer \(tenant.token)",
                    "https://localhost:\(proxy.port)/api/v1/stream",
                ], environment: ["PATH": "/usr/bin:/bin"])
            try stream.wait(for: "id: ")
            let made = try APIClient(port: server.port, token: tenant.token).send(
                "POST", "contacts", ["last_name": "Told"])
            try stream.wait(for: try #require(made.json["id"]?.stringValue, "\(made.text)"))
            #expect(stream.output.contains("event: record.created"))
            stream.kill()
        }

        private func steadyClient(_ proxy: Proxy, _ tenant: Stage.Tenant, _ stop: String) throws -> Program {
            let script = "\(TestDatabase.repository)/Tests/ChaosTests/steady_client.py"
            return try Program(
                [Program.python, script, "\(proxy.port)", proxy.authority, tenant.token, "4", stop],
                environment: ["PATH": "/usr/bin:/bin"])
        }
    }
}

/// nginx by the example that is shipped, with ports, paths and times of its own.
private struct Proxy {
    let neighbour: Neighbour
    /// TLS.
    let port: Int
    let plainPort: Int
    /// The certificate, which vouches for itself.
    let authority: String
    private let program: Program

    init(to servers: [Int]) throws {
        neighbour = try Neighbour()
        port = try Neighbour.freePort()
        plainPort = try Neighbour.freePort()
        let folder = neighbour.folder
        authority = "\(folder)/certificate.pem"
        _ = try Program.output(of: [
            "/usr/bin/openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", "\(folder)/key.pem", "-out", authority,
        ])
        let example = try #require(TestFolder.text("\(TestDatabase.repository)/deploy/nginx.conf"))
        var text = example
        for (old, new) in [
            ("127.0.0.1:8080", "127.0.0.1:\(servers[0])"), ("127.0.0.1:8090", "127.0.0.1:\(servers[1])"),
            ("listen 80;", "listen 127.0.0.1:\(plainPort);"),
            ("listen 443 ssl", "listen 127.0.0.1:\(port) ssl"),
            ("/etc/ssl/platform/fullchain.pem", authority),
            ("/etc/ssl/platform/privkey.pem", "\(folder)/key.pem"),
            ("/var/log/nginx/access.log", "\(folder)/access.log"),
            ("keepalive_timeout 5s;", "keepalive_timeout 1s;"), ("rate=100r/s", "rate=100000r/s"),
            ("http {\n", "http {\n\(Self.folders(folder))"),
        ] {
            try #require(text.contains(old), "the example has no \(old)")
            text = text.replacing(old, with: new)
        }
        let configuration = try neighbour.file("nginx.conf", text)
        program = try neighbour.start([
            "/usr/sbin/nginx", "-p", folder, "-c", configuration, "-g",
            "daemon off; master_process off; pid \(folder)/nginx.pid;",
        ])
    }

    func stop() {
        program.stop()
        program.end()
    }

    private static func folders(_ folder: String) -> String {
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "    \($0)_temp_path \(folder)/\($0);\n" }.joined()
    }
}
