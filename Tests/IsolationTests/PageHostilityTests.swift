import Kernel
import TestKit
import Testing

/// Every page of the installation, whichever plugin has it.
@Suite struct PageHostilityTests {
    private static let names = [
        "email", "password", "totp", "ticket", "token", "next", "lang", "name", "proof", "organization",
        "enrolment_token", "code", "slug", "sent", "done", "notice", "a b", "",
    ]

    @Test func `nothing that is sent to a page makes it fail, or comes back unescaped`() async throws {
        let stage = try await PageStage()
        for page in stage.platform.runtime.registry.pages {
            await Task.yield()
            for (number, text) in HostileValues.texts.enumerated() {
                let value = TwinTests.encoded(text)
                for (position, name) in Self.names.enumerated() where position % 4 == number % 4 {
                    try stage.look("\(page.path)?\(TwinTests.encoded(name))=\(value)")
                }
                guard page.takesForm else { continue }
                let fields = Self.names.filter { $0 != "proof" }.map { "\(TwinTests.encoded($0))=\(value)" }
                try stage.send(page.path, fields.joined(separator: "&"))
                for name in ["email", "token", "ticket", "enrolment_token", "next"] {
                    try stage.send(
                        page.path, "\(name)=\(value)&password=\(value)&totp=\(value)&name=\(value)")
                }
            }
        }
        #expect(stage.faults == [])
        #expect(stage.count > 2500)
    }

    @Test func `no bytes in place of a form make a page fail`() async throws {
        let stage = try await PageStage()
        for page in stage.platform.runtime.registry.pages where page.takesForm {
            await Task.yield()
            for body in HostileValues.bodies { try stage.send(page.path, bytes: body.bytes) }
            try stage.send(page.path, bytes: [UInt8](repeating: UInt8(ascii: "&"), count: 60_000))
            try stage.send(page.path, bytes: [UInt8](repeating: UInt8(ascii: "a"), count: 70_000))
        }
        #expect(stage.faults == [])
    }
}

/// A server with a browser at its pages, and what went wrong.
private final class PageStage {
    let platform: TestPlatform
    private let client: APIClient
    private let cookie: String
    private let proof: String
    private(set) var faults: [String] = []
    private(set) var count = 0

    init() async throws {
        platform = try await TestPlatform()
        client = platform.client()
        let page = try client.send("GET", "/login")
        cookie = page.header("set-cookie").map { String($0.prefix { $0 != ";" }) } ?? ""
        proof = page.text.firstMatch(of: /name="proof" value="([^"]*)"/).map { String($0.output.1) } ?? ""
    }

    func look(_ path: String) throws {
        judge(try client.send("GET", path, headers: ["Cookie": cookie]), path)
    }

    func send(_ path: String, _ fields: String) throws {
        try send(path, bytes: Array("\(fields)&proof=\(TwinTests.encoded(proof))".utf8))
    }

    func send(_ path: String, bytes: [UInt8]) throws {
        let headers = ["Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"]
        judge(try client.send("POST", path, bytes: bytes, headers: headers), "\(path) \(bytes.count)")
    }

    private func judge(_ answer: APIResponse, _ what: String) {
        count += 1
        let isPage = answer.header("content-type") == "text/html; charset=utf-8"
        let leads = answer.header("location") ?? "/"
        let isSound =
            answer.status == 303
            ? leads.hasPrefix("/") && !leads.hasPrefix("//")
            : (200..<500).contains(answer.status) && isPage
        if !isSound || answer.text.contains("<script") {
            faults.append("\(answer.status) \(what.prefix(120))")
        }
    }
}
