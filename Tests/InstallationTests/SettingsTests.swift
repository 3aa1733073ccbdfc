import Testing

@testable import Installation

/// What the environment says, and what is refused of it.
@Suite struct SettingsTests {
    @Test func `nothing set is a working system on this machine alone`() throws {
        let settings = try Settings(environment: [:])
        #expect(settings.address == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.publicURL == "http://localhost:8080")
        #expect(settings.directory == ".platform")
        #expect(settings.databaseURL == nil)
        #expect(settings.smtp == nil)
        #expect(!settings.isPooled)
    }

    @Test(arguments: [
        ("PORT", "70000"), ("PORT", ""), ("PORT", "8080 "), ("LOOPS", "0"), ("JOBS", "-1"),
        ("LOG_LEVEL", "loud"),
        ("PUBLIC_URL", "ftp://x"), ("PUBLIC_URL", "https://x/"),
    ])
    func `what can't be understood is named`(_ variable: (name: String, value: String)) {
        do {
            _ = try Settings(environment: [variable.name: variable.value])
            Issue.record("\(variable.name)=\(variable.value) was taken.")
        } catch {
            #expect(error.description.hasPrefix("\(variable.name) must be "))
        }
    }

    @Test func `migrations use a connection of their own where there is one`() throws {
        let one = try Settings(environment: ["DATABASE_URL": "app"])
        #expect(one.migrationURL == "app")
        let two = try Settings(environment: ["DATABASE_URL": "app", "MIGRATION_DATABASE_URL": "owner"])
        #expect(two.databaseURL == "app")
        #expect(two.migrationURL == "owner")
    }

    @Test func `options are read in either form, and what is unknown is refused`() throws {
        let arguments = try Arguments(
            ["a", "--port", "80", "--address=::1", "--demo", "b"], options: ["port", "address"],
            flags: ["demo"])
        #expect(arguments["port"] == "80")
        #expect(arguments["address"] == "::1")
        #expect(arguments.has("demo"))
        #expect(arguments.positional == ["a", "b"])
        #expect(throws: UsageFault.self) { try Arguments(["--port"], options: ["port"], flags: []) }
        #expect(throws: UsageFault.self) { try Arguments(["--nope"], options: [], flags: []) }
        #expect(throws: UsageFault.self) { try Arguments(["--demo=yes"], options: [], flags: ["demo"]) }
    }
}
