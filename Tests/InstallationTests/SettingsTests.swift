import Kernel
import TestKit
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

    @Test func `a web client that was named must be built`() throws {
        func fault(_ environment: [String: String]) -> String? {
            do throws(SettingsFault) {
                _ = try Settings(environment: environment).webClient()
                return nil
            } catch { return error.description }
        }
        let folder = try TestFolder.make()
        #expect(fault(["WEB_DIRECTORY": folder])?.hasPrefix("WEB_DIRECTORY must be ") == true)
        try TestFolder.write("<!doctype html>", to: "\(folder)/index.html")
        #expect(fault(["WEB_DIRECTORY": folder]) == nil)
        let cdn = ["WEB_DIRECTORY": folder, "WEB_ASSETS_ORIGIN": "cdn.example.com"]
        #expect(fault(cdn)?.hasPrefix("WEB_ASSETS_ORIGIN must be ") == true)
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

/// What a server in production does not start with.
@Suite struct ProductionTests {
    private static let random: [UInt8] = [
        123, 216, 233, 142, 143, 217, 67, 151, 120, 9, 226, 113, 14, 30, 207, 214,
        217, 52, 2, 145, 222, 214, 205, 161, 210, 40, 246, 246, 10, 83, 82, 109,
    ]

    private func faults(_ environment: [String: String], key: [UInt8] = Self.random) -> [String] {
        do {
            try Settings(environment: environment).demandProductionSecrets(secretKey: key)
            return []
        } catch let error as ProductionFaults {
            return error.faults
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `default and short secrets are refused, all at once and without showing them`() {
        let found = faults(
            [
                "PUBLIC_URL": "https://crm.example", "DATABASE_URL": "postgres://platform_app:hunter2@db/crm",
                "MIGRATION_DATABASE_URL": "host=db user=owner password=platform_owner",
                "SMTP_URL": "smtps://mail.example", "SMTP_USER": "crm", "SMTP_PASSWORD": "secret",
            ], key: [UInt8](repeating: 0, count: 32))
        #expect(found.count == 4)
        #expect(!found.joined().contains("hunter2"))
        #expect(faults(["ENVIRONMENT": "production"]) == ["PUBLIC_URL must begin with https://"])
    }

    @Test func `every connection is looked at, each once, and passwords whatever their case`() {
        let weak = "postgres://platform_app:hunter2@db/crm"
        let one = faults(["PUBLIC_URL": "https://crm.example", "DATABASE_URL": weak])
        #expect(one == ["the password in DATABASE_URL must have 12 characters at least and be no common one"])
        let good = "postgres://platform_app:k3vX9-wq71-Lm@db:5432/crm"
        let direct = faults([
            "PUBLIC_URL": "https://crm.example", "DATABASE_URL": good, "DIRECT_DATABASE_URL": weak,
            "SMTP_URL": "smtps://mail.example", "SMTP_USER": "crm", "SMTP_PASSWORD": "ChangeMe123",
        ])
        #expect(direct.count == 2)
        #expect(direct.first?.contains("DIRECT_DATABASE_URL") == true)
        #expect(direct.last?.contains("SMTP_PASSWORD") == true)
    }

    @Test func `good secrets and sockets without a password are taken`() {
        #expect(faults(["PUBLIC_URL": "https://crm.example"]).isEmpty)
        let url = "postgres://platform_app:k3vX9-wq71-Lm@db:5432/crm"
        #expect(faults(["PUBLIC_URL": "https://crm.example", "DATABASE_URL": url]).isEmpty)
        #expect(
            faults(["DATABASE_URL": "postgres://u:u@db/x"], key: [UInt8](repeating: 0, count: 32)).isEmpty)
        let staged = ["PUBLIC_URL": "https://crm.example", "ENVIRONMENT": "development"]
        #expect(faults(staged, key: [UInt8](repeating: 0, count: 32)).isEmpty)
    }

    @Test func `a key with a pattern is guessable`() {
        #expect(!Settings.isGuessable(Self.random))
        #expect(Settings.isGuessable(Array(0..<32)))
        let few: [UInt8] = (0..<32).map { UInt8($0 % 16) }
        #expect(Settings.isGuessable(few))
        #expect(Settings.isGuessable([UInt8](repeating: 7, count: 32)))
    }

    @Test func `limits and proxies are read, and what is none is named`() throws {
        let settings = try Settings(environment: [
            "WRITES_PER_MINUTE": "500", "TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8",
        ])
        #expect(settings.requestLimits?.writes == 500)
        #expect(settings.trustedProxies.count == 2)
        #expect(try Settings(environment: ["RATE_LIMITS": "off"]).requestLimits == nil)
        for (name, value) in [
            ("RATE_LIMITS", "no"), ("WRITES_PER_MINUTE", "0"), ("TRUSTED_PROXIES", "proxy"),
            ("ENVIRONMENT", "test"), ("MAX_CONNECTIONS", "1"),
        ] {
            #expect(throws: SettingsFault.self) { try Settings(environment: [name: value]) }
        }
    }
}
