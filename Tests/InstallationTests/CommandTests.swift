import Glibc
import Postgres
import TestKit
import Testing
import Wire

@testable import Installation

/// The commands, run as programs against databases of their own.
@Suite struct CommandTests {
    @Test func `every command tells what it does`() throws {
        let overview = try PlatformProgram.run(["--help"])
        #expect(overview.status == 0)
        for command in PlatformCommands.all {
            #expect(overview.output.contains(command.name))
            let help = try PlatformProgram.run(
                command.name.split(separator: " ").map(String.init) + ["--help"])
            #expect(help.status == 0)
            for option in command.options.union(command.flags) {
                #expect(help.output.contains("--\(option)"), "\(command.name) --\(option)")
            }
        }
        #expect(try PlatformProgram.run([]).status == 2)
    }

    @Test func `a wrong call is told apart from a failure`() throws {
        #expect(try PlatformProgram.run(["fly"]).status == 2)
        #expect(try PlatformProgram.run(["migrate", "--fast"]).status == 2)
        #expect(try PlatformProgram.run(["user", "create", "--email", "a@b.example"]).status == 2)
        let port = try PlatformProgram.run(["serve"], ["PORT": "eighty"])
        #expect(port.status == 1)
        #expect(port.output.contains("PORT must be"))
        let url = try PlatformProgram.run(["serve"], ["PUBLIC_URL": "example.com/"])
        #expect(url.output.contains("PUBLIC_URL must be"))
        let unreachable = try PlatformProgram.run(
            ["migrate"],
            ["DATABASE_URL": "host=/nowhere dbname=x", "PLATFORM_DIRECTORY": try TestFolder.make()])
        #expect(unreachable.status == 1)
    }

    @Test func `a database is migrated once, and the doctor sees the difference`() throws {
        let environment = try PlatformProgram.emptyDatabase()
        let sick = try PlatformProgram.run(["doctor"], environment)
        #expect(sick.status == 1)
        #expect(sick.output.contains("platform migrate"))
        let refused = try PlatformProgram.run(["serve", "--port", "0"], environment)
        #expect(refused.status == 1)
        #expect(refused.output.contains("migrations are missing"))
        let plan = try PlatformProgram.run(["migrate", "--plan"], environment)
        #expect(plan.output.contains("kernel/0001_roles.sql"))
        let first = try PlatformProgram(["migrate"], environment)
        let second = try PlatformProgram(["migrate"], environment)
        let ends = [first.end(), second.end()]
        #expect(ends.map(\.status) == [0, 0], "\(ends.map(\.output))")
        #expect(
            ends.filter { $0.output.contains("\n0 applied") || $0.output.hasPrefix("0 applied") }.count == 1)
        #expect(try PlatformProgram.run(["migrate", "--plan"], environment).output == "Nothing to apply.\n")
        let well = try PlatformProgram.run(["doctor"], environment)
        #expect(well.faults.isEmpty, "\(well.output)")
    }

    @Test func `somebody is made by command, logs in to a running server, and it stops when told`() throws {
        let environment = try PlatformProgram.migratedDatabase()
        let words = ["user", "create", "--email", "ada@rossi.example", "--name", "Ada Rossi"]
        let made = try PlatformProgram.run(words + ["--new-organization", "Rossi e Figli"], environment)
        #expect(made.status == 0, "\(made.output)")
        let line = made.output.split(separator: "\n").first { $0.hasPrefix("password: ") }
        let password = String(try #require(line).dropFirst(10))
        let known = try PlatformProgram.run(words + ["--new-organization", "Other"], environment)
        #expect(known.status == 0 && !known.output.contains("password: "), "\(known.output)")
        let orphan = try PlatformProgram.run(words + ["--organization", "nowhere"], environment)
        #expect(orphan.output.contains("no organization nowhere"))

        let server = try PlatformProgram(["serve", "--port", "0"], environment)
        try server.wait(for: "(port ")
        let after = try #require(server.output.firstRange(of: "(port "))
        let port = try #require(Int(server.output[after.upperBound...].prefix { $0.isNumber }))
        let client = APIClient(port: port)
        #expect(try client.send("GET", "/health/ready").status == 200)
        let login = try client.send(
            "POST", "auth/login", ["email": "ada@rossi.example", "password": .string(password)])
        client.token = login.json["access_token"]?.stringValue
        #expect(
            try client.send("GET", "me").json["organization"]?["slug"] == "rossi-e-figli", "\(login.text)")
        #expect(try client.send("POST", "accounts", ["name": "First"]).status == 201)
        server.stop()
        #expect(server.end().status == 0)

        let again = try PlatformProgram(["serve", "--port", "0", "--no-worker"], environment)
        try again.wait(for: "(port ")
        again.stop(SIGINT)
        #expect(again.end().status == 0)
    }

    @Test func `the API's description is printed as JSON`() throws {
        let printed = try PlatformProgram.run(["openapi"])
        #expect(printed.status == 0)
        let document = try JSON.parse(printed.output)
        #expect(document["openapi"]?.stringValue?.hasPrefix("3.1") == true)
        #expect(document["paths"]?["/api/v1/accounts"] != nil || document["paths"]?["/accounts"] != nil)
    }
}
