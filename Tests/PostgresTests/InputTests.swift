import Postgres
import Testing

@Suite struct InputTests {
    @Test(arguments: [Bind.text("a\u{0}b"), Bind.bytes([0x61, 0, 0x62])])
    func `a NUL never reaches the server`(bind: Bind) async throws {
        try await PostgresFixture.run { fixture in
            let error = await failure {
                _ = try await fixture.database.read(SessionSettings(), ["select \(bind)::text"])
            }
            #expect(error?.state == .characterNotInRepertoire && error?.outcome == .notSent)
            let named = await failure {
                _ = try await fixture.database.read(SessionSettings(), ["select \(unsafeSQL: "1\u{0}2")"])
            }
            #expect(named?.outcome == .notSent)
            let owned = await failure {
                try await fixture.database.transaction(SessionSettings(), .long) { transaction in
                    _ = try await transaction.query("select \(bind)::text")
                }
            }
            #expect(owned?.outcome == .notSent)
        }
    }

    @Test(arguments: [[0xc3, 0x28], [0xed, 0xa0, 0x80], [0xff]] as [[UInt8]])
    func `text that is not UTF-8 is refused and the connection lives on`(bytes: [UInt8]) async throws {
        try await PostgresFixture.run(loops: 1) {
            $0.short.connections = 1
        } _: { fixture in
            let error = await failure {
                _ = try await fixture.database.read(SessionSettings(), ["select \(Bind.bytes(bytes))::text"])
            }
            #expect(error?.state == .characterNotInRepertoire && error?.outcome == .rolledBack)
            let rows = try await fixture.database.read(SessionSettings(), ["select \("ok")::text"])
            #expect(rows[0][0, 0] == "ok" && fixture.database.statistics()[0].opened == 1)
        }
    }

    @Test func `more values than the protocol can count are refused here`() async throws {
        try await PostgresFixture.run { fixture in
            let sql = SQL(text: "select 1", binds: Array(repeating: .null, count: 65_536))
            let error = await failure { _ = try await fixture.database.read(SessionSettings(), [sql]) }
            #expect(error?.state == .programLimitExceeded && error?.outcome == .notSent)
        }
    }

    @Test func `an error's description holds neither SQL nor values`() async throws {
        try await PostgresFixture.run { fixture in
            let error = try #require(
                await failure {
                    _ = try await fixture.database.read(SessionSettings(), ["select \("secret-value")::uuid"])
                })
            #expect(error.state == .invalidText)
            #expect("\(error)" == "SQLError 22P02, rolledBack")
            #expect(String(reflecting: error).contains("secret-value"))
        }
    }

    @Test func `megabytes go there and back`() async throws {
        try await PostgresFixture.run { fixture in
            let text = String(repeating: "añ", count: 2_000_000)
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    let database = fixture.database
                    group.addTask {
                        let rows = try await database.read(
                            SessionSettings(), ["select \(text)::text, length(\(text)::text)"])
                        #expect(rows[0][0, 0] == text && rows[0].integer(0, 1) == 4_000_000)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
