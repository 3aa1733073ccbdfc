import Postgres
import Testing
import Wire

@Suite struct RowsTests {
    @Test func `every type comes back as it went`() async throws {
        try await PostgresFixture.run { fixture in
            let id = UUIDv7.make()
            let instant = Instant(milliseconds: 1_795_253_400_123)
            let date = try #require(CivilDate("2024-02-29"))
            let json: JSON = ["name": "Zoë", "n": 12.5, "list": [1, nil]]
            let rows = try await fixture.database.read(
                SessionSettings(),
                [
                    """
                    select \("naïve ✓")::text as words, \(Int64.min)::bigint, \(false)::boolean, \(id)::uuid,
                        \(instant)::timestamptz(3), \(date)::date, \(json)::jsonb,
                        \([0, 1, 255] as [UInt8])::bytea,
                        \(nil as String?)::text, (\(["a,b", "\"c\"\\"])::text[])[2], \(Int64.max)::bigint,
                        to_char(\(instant)::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                    """
                ])[0]
            #expect(rows.columnNames.first == "words")
            #expect(rows[0, 0] == "naïve ✓")
            #expect(rows.integer(0, 1) == Int64.min && rows.integer(0, 10) == Int64.max)
            #expect(rows.bool(0, 2) == false)
            #expect(rows.id(0, 3) == id)
            #expect(rows.instant(0, 4) == instant && rows.instant(0, 11) == instant)
            #expect(rows.date(0, 5) == date)
            #expect(rows.json(0, 6)?["name"] == "Zoë")
            #expect(rows.binary(0, 7) == [0, 1, 255])
            #expect(rows.isNull(0, 8) && rows[0, 8] == nil && rows.integer(0, 8) == nil)
            #expect(rows[0, 9] == "\"c\"\\")
        }
    }

    @Test func `a cell's bytes are appended without a detour`() async throws {
        try await PostgresFixture.run { fixture in
            let rows = try await fixture.database.read(
                SessionSettings(), ["select '[1,2]'::text union all select null"])[0]
            var bytes = Array("x".utf8)
            rows.append(0, 0, to: &bytes)
            rows.append(1, 0, to: &bytes)
            #expect(bytes == Array("x[1,2]".utf8))
            #expect(rows.count == 2 && rows.columnCount == 1)
        }
    }

    @Test func `numbers that are none are refused`() async throws {
        try await PostgresFixture.run { fixture in
            let rows = try await fixture.database.read(
                SessionSettings(),
                ["select '12x', '', '-', '9223372036854775808', '99999999999999999999', '-7'"])[0]
            #expect((0..<5).allSatisfy { rows.integer(0, $0) == nil })
            #expect(rows.integer(0, 5) == -7)
        }
    }

    @Test func `the session is UTF-8, in UTC, and finds only the catalogue by itself`() async throws {
        try await PostgresFixture.run { fixture in
            let rows = try await fixture.database.read(
                SessionSettings(),
                [
                    """
                    select current_setting('client_encoding'), current_setting('TimeZone'),
                        current_setting('search_path'), current_setting('statement_timeout'),
                        current_setting('application_name')
                    """
                ])[0]
            #expect((0..<5).map { rows[0, $0] } == ["UTF8", "UTC", "pg_catalog", "2s", fixture.name])
        }
    }
}
