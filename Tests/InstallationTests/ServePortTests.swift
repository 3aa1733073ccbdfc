import Glibc
import TestKit
import Testing

@testable import Installation

/// Which ports and addresses a server takes for itself.
@Suite struct ServePortTests {
    @Test func `a port on which somebody listens is refused, for requests and for figures`() throws {
        let environment = try PlatformProgram.migratedDatabase()
        let first = try PlatformProgram(["serve", "--port", "0", "--no-worker"], environment)
        let port = try first.number(after: "(port ")
        let admin = try first.number(after: "http://127.0.0.1:")
        for (name, taken) in [("PORT", port), ("ADMIN_PORT", admin)] {
            var other = environment
            other["PORT"] = "0"
            other["ADMIN_PORT"] = "0"
            other[name] = "\(taken)"
            let refused = try PlatformProgram.run(["serve", "--no-worker"], other)
            #expect(refused.status == 1)
            #expect(refused.output.contains("somebody listens on port \(taken)"), "\(refused.output)")
        }
        // The first is left alone.
        #expect(try APIClient(port: port).send("GET", "/health/live").status == 200)
        #expect(try APIClient(port: admin).send("GET", "/metrics").status == 200)
        first.stop()
        #expect(first.end().status == 0)
        var again = environment
        again["PORT"] = "\(port)"
        again["ADMIN_PORT"] = "\(admin)"
        let second = try PlatformProgram(["serve", "--no-worker"], again)
        #expect(try second.number(after: "(port ") == port)
        second.stop()
        #expect(second.end().status == 0)
    }

    @Test(arguments: [
        (["PORT": "65535"], "ADMIN_PORT"), (["PORT": "8080", "ADMIN_PORT": "8080"], "ADMIN_PORT"),
        (["ADMIN_ADDRESS": "0.0.0.0"], "ADMIN_ADDRESS"), (["ADMIN_ADDRESS": "::"], "ADMIN_ADDRESS"),
        (["ADMIN_ADDRESS": "203.0.113.7"], "ADMIN_ADDRESS"), (["ADMIN_ADDRESS": "admin"], "ADMIN_ADDRESS"),
    ])
    func `an admin place that is no port of its own, or that the world may reach, is refused`(
        _ environment: [String: String], _ name: String
    ) {
        do {
            _ = try Settings(environment: environment)
            Issue.record("\(environment) was taken.")
        } catch {
            #expect(error.description.hasPrefix("\(name) must be "))
        }
    }

    @Test func `loopback and private addresses are taken, and the port behind the other`() throws {
        for address in ["127.0.0.1", "::1", "10.1.2.3", "192.168.7.1", "fd00::1"] {
            #expect(try Settings(environment: ["ADMIN_ADDRESS": address]).adminAddress == address)
        }
        #expect(try Settings(environment: ["PORT": "8090"]).adminPort == 8091)
        #expect(try Settings(environment: ["PORT": "65535", "ADMIN_PORT": "9000"]).adminPort == 9000)
    }

    @Test func `a server that production refuses starts no cluster`() throws {
        let directory = try TestFolder.make()
        let refused = try PlatformProgram.run(
            ["serve", "--port", "0"], ["PLATFORM_DIRECTORY": directory, "ENVIRONMENT": "production"])
        #expect(refused.status == 1)
        #expect(refused.output.contains("PUBLIC_URL must begin with https://"))
        #expect(access("\(directory)/postgres", F_OK) != 0)
        #expect(access("\(directory)/cluster.lock", F_OK) != 0)
    }
}
