import Testing
import Wire

@Suite struct InstantTests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2026-11-21T09:30:00.123Z", 1_795_253_400_123),
            ("2026-11-21T10:30:00.123+01:00", 1_795_253_400_123),
            ("2026-11-21t09:00:00.1239999999-00:30", 1_795_253_400_123),
            ("2026-11-21T09:30:00.1z", 1_795_253_400_100),
            ("1985-04-12T23:20:50.52Z", 482_196_050_520),
            ("1996-12-19T16:39:57-08:00", 851_042_397_000),
            ("1990-12-31T23:59:60Z", 662_688_000_000),
            ("1990-12-31T15:59:60-08:00", 662_688_000_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)])
    func `RFC 3339 is read with any offset`(text: String, milliseconds: Int64) {
        #expect(Instant(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T09:30:00", "2026-11-21 09:30:00Z", "2026-11-21T09:30Z",
        "2026-02-29T00:00:00Z",
        "2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T09:30:61Z", "2026-11-21T09:30:60Z",
        "2026-11-21T09:30:00.Z", "2026-11-21T09:30:00+0100", "2026-11-21T09:30:00+24:00",
        "2026-11-21T09:30:00Z ",
        "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
        "+2026-11-21T09:30:00Z",
        "2026-13-01T00:00:00Z", "２026-11-21T09:30:00Z",
    ])
    func `anything else is refused`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test(arguments: [
        "0001-01-01T00:00:00.000Z", "1969-12-31T23:59:59.001Z", "2000-02-29T12:34:56.789Z",
        "9999-12-31T23:59:59.999Z",
    ])
    func `the text reads back as itself`(text: String) {
        #expect(Instant(text)?.description == text)
    }

    @Test func `arithmetic stops at the first and last instant`() {
        let start = Instant(milliseconds: 1500)
        #expect(start.adding(seconds: -2).milliseconds == -500)
        #expect(start.adding(seconds: .max) == .latest)
        #expect(start.adding(seconds: .min) == .earliest)
        #expect(Instant(milliseconds: .max) == .latest)
        #expect(Instant(milliseconds: -500).seconds == -1)
    }

    @Test func `the date is that of UTC on both sides of 1970`() {
        #expect(Instant("1969-12-31T23:59:59.999Z")?.date.description == "1969-12-31")
        #expect(Instant("2026-11-21T23:30:00-01:00")?.date.description == "2026-11-22")
    }

}
