import Kernel
import Postgres
import Testing
import TestKit
import Wire

@Suite struct TokenKeysTests {
    private let secret = [UInt8](repeating: 7, count: 32)

    @Test
    func `another process with the same secret accepts the tokens, one with another secret refuses to start`()
        async throws
    {
        let platform = try await Stage.platform
        let now = Instant.now()
        let token = try platform.runtime.tokens.issue(
            user: .make(), session: .make(), organization: nil, now: now)
        let secret = secret
        try await platform.onLoop {
            let second = TokenKeys(publicURL: "http://localhost:8080", secretKey: secret)
            try await second.load(from: platform.runtime.database, now: now)
            #expect(try second.verify(token, now: now).organization == nil)
            let stranger = TokenKeys(
                publicURL: "http://localhost:8080", secretKey: [UInt8](repeating: 8, count: 32))
            await #expect(throws: TokenKeysFault.self) {
                try await stranger.load(from: platform.runtime.database, now: now)
            }
        }
    }

    @Test func `a token ends after fifteen minutes, kept in the cache or not`() async throws {
        let tokens = try await Stage.platform.runtime.tokens
        let now = Instant.now()
        let token = try tokens.issue(user: .make(), session: .make(), organization: .make(), now: now)
        #expect(throws: Never.self) { try tokens.verify(token, now: now.adding(seconds: 898)) }
        for _ in 0..<2 {
            do {
                _ = try tokens.verify(token, now: now.adding(seconds: 901))
                Issue.record("an expired token was accepted")
            } catch { #expect(error.code == "token_expired") }
        }
    }

    @Test func `a new key signs only when every process has had time to learn of it`() async throws {
        let platform = try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration])
        let tokens = platform.runtime.tokens
        let now = Instant.now()
        func key(at moment: Instant) throws -> String {
            let token = try tokens.issue(user: .make(), session: .make(), organization: nil, now: moment)
            #expect(throws: Never.self) { try tokens.verify(token, now: moment) }
            let header = Base64.decode(String(token.split(separator: ".")[0]), url: true) ?? []
            return try JSON.parse(header)["kid"]?.stringValue ?? ""
        }
        let first = try key(at: now.adding(seconds: 300))
        try await platform.onLoop {
            try await tokens.rotate(in: platform.runtime.database, now: now.adding(seconds: 300))
        }
        #expect(tokens.jwks()["keys"]?.arrayValue?.count == 2)
        #expect(try key(at: now.adding(seconds: 310)) == first)
        #expect(try key(at: now.adding(seconds: 421)) != first)
    }
}
