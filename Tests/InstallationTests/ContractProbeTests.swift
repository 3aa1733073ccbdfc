import Kernel
import TestKit
import Testing
import Wire

/// What is served, against what it says of itself: a small part of what `make probe` does.
@Suite struct ContractProbeTests {
    private static let paths = ["/accounts", "/accounts/\\{id\\}", "/stages", "/teams", "/demo-data"]

    @Test func `the description is one by the standard`() async throws {
        let platform = try await TestPlatform()
        let served = try platform.client().send("GET", "openapi.json")
        #expect(served.status == 200)
        let file = "\(try TestFolder.make())/openapi.json"
        try TestFolder.write(served.text, to: file)
        let script = """
            from json import load
            from sys import argv
            from openapi_spec_validator import validate
            validate(load(open(argv[1])))
            print("valid")
            """
        #expect(try Program.output(ofPython: script, [file]) == "valid\n")
    }

    @Test func `requests by the description, and against it, are answered by it`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Probed")
        for number in 0..<3 { _ = try company.make("accounts", ["name": .string("Probed \(number)")]) }
        let folder = try TestFolder.make()
        for file in ["hooks.py", "schemathesis.toml"] {
            let probe = "\(TestDatabase.repository)/scripts/probes/\(file)"
            try TestFolder.write(try #require(TestFolder.text(probe)), to: "\(folder)/\(file)")
        }
        let url = "http://localhost:\(platform.port)"
        let ended = try Program(
            [
                "/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder, "/usr/bin/timeout", "300",
                Program.python,
                "-m", "schemathesis.cli", "run", "\(url)/api/v1/openapi.json", "--checks", "all",
                "--include-path-regex", "^(\(Self.paths.joined(separator: "|")))$", "--max-examples", "5",
                "--phases", "examples,fuzzing,stateful",
                "--seed", "7402", "--generation-deterministic", "--continue-on-failure", "--no-color",
            ],
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": folder, "PLATFORM_URL": url, "PYTHONPATH": folder,
                "SCHEMATHESIS_HOOKS": "hooks", "PROBE_LOGIN": "\(company.email):\(Company.password)",
            ]
        ).end()
        #expect(ended.status == 0, "\(ended.output)")
    }
}
