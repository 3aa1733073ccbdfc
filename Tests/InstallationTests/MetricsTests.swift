import TestKit
import Testing
import Wire

/// The admin address of a served installation.
@Suite struct MetricsTests {
    @Test func `a scraper reads what was served, queued and waited for`() throws {
        var environment = try PlatformProgram.migratedDatabase()
        environment["LOG_LEVEL"] = "info"
        let server = try PlatformProgram(["serve", "--port", "0", "--no-worker"], environment)
        let port = try server.number(after: "(port ")
        let admin = try server.number(after: "http://127.0.0.1:")
        let client = APIClient(port: port)
        #expect(try client.send("GET", "me").status == 401)
        #expect(try client.send("GET", "/nothing/here").status == 404)
        #expect(try client.send("GET", "/metrics").status == 404)

        let page = try APIClient(port: admin).send("GET", "/metrics")
        #expect(page.status == 200)
        #expect(page.header("content-type")?.hasPrefix("application/openmetrics-text") == true)
        let families = try families(of: page.text)
        #expect(families.contains("platform_http_request_seconds histogram"))
        #expect(families.contains("platform_pool_connections gauge"))
        #expect(families.contains("platform_loop_delay_seconds gauge"))
        #expect(families.contains("platform_outbox_lag_seconds gauge"))
        #expect(
            page.text.contains(
                #"platform_http_request_seconds_count{method="GET",route="/me",status="401"} 1"#),
            "\(page.text)")
        #expect(page.text.contains("platform_database_up 1\n"))
        #expect(try APIClient(port: admin).send("POST", "/metrics").status == 405)
        server.stop()
        let ended = server.end()
        #expect(ended.status == 0)
        // The log tells why a request was refused.
        for (status, code) in [(401, "unauthenticated"), (404, "not_found")] {
            #expect(
                ended.output.split(separator: "\n").contains {
                    $0.contains(#""status":\#(status)"#) && $0.contains(#""code":"\#(code)""#)
                })
        }
    }

    @Test func `what takes long is logged with its statements and without their values`() throws {
        var environment = try PlatformProgram.migratedDatabase()
        environment["SLOW_QUERY_MS"] = "1"
        environment["SLOW_REQUEST_MS"] = "1"
        environment["LOG_LEVEL"] = "warning"
        let server = try PlatformProgram(["serve", "--port", "0", "--no-worker"], environment)
        let client = APIClient(port: try server.number(after: "(port "))
        let signUp = try client.send(
            "POST", "auth/signup",
            [
                "email": "ada@rossi.example", "password": "correct horse battery", "name": "Ada Rossi",
                "organization": ["name": "Rossi e Figli"],
            ])
        #expect(signUp.status == 201)
        server.stop()
        let ended = server.end()
        #expect(ended.output.contains(#""event":"request.slow""#))
        #expect(ended.output.contains(#""event":"query.slow""#))
        for secret in ["ada@rossi.example", "correct horse", "Rossi e Figli"] {
            #expect(!ended.output.contains(secret))
        }
    }

    /// Name and kind of each family, as the format's own reader sees them.
    private func families(of text: String) throws -> [String] {
        let file = "\(try TestFolder.make())/metrics"
        try TestFolder.write(text, to: file)
        let script = """
            from sys import argv
            from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
            for family in read(open(argv[1]).read()): print(family.name, family.type)
            """
        return try Program.output(ofPython: script, [file]).split(separator: "\n").map(String.init)
    }
}
