import TestKit
import Testing
import Wire

struct TimeWindowsTests {
    @Test func `an account's hours are kept in order, several a day`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let answer = try company.send(
            "POST", "accounts",
            [
                "name": "Verdi",
                "time_windows": [
                    ["day": 2, "from": "9:00", "to": "24:00"], ["day": 1, "from": "15:00", "to": "19:00"],
                    ["day": 1, "from": "09:00", "to": "12:30"],
                ],
            ])
        #expect(answer.status == 201)
        #expect(
            answer.json["time_windows"] == [
                ["day": 1, "from": "09:00", "to": "12:30"], ["day": 1, "from": "15:00", "to": "19:00"],
                ["day": 2, "from": "09:00", "to": "24:00"],
            ])
        let id = answer.json["id"]?.stringValue ?? ""
        #expect(
            try company.send("GET", "accounts?time_windows[null]=false").json["data"]?.arrayValue?.count == 1)
        let emptied = try company.send("PATCH", "accounts/\(id)", ["time_windows": []])
        #expect(emptied.json["time_windows"] == .null)
        let history = try company.send("GET", "accounts/\(id)/history").json["data"]?.arrayValue ?? []
        #expect(history.first?["changes"]?.arrayValue?.first?["field"] == "time_windows")
    }

    @Test(
        arguments: [
            (
                [["day": 1, "from": "09:00", "to": "12:30"], ["day": 1, "from": "12:00", "to": "13:00"]], "",
                "windows_overlap"
            ),
            ([["day": 1, "from": "12:30", "to": "12:30"]], "[0].to", "window_ends_first"),
            ([["day": 8, "from": "09:00", "to": "12:30"]], "[0].day", "not_a_day"),
            ([["day": 1, "from": "09:60", "to": "12:30"]], "[0].from", "not_a_time"),
            ([["day": 1, "from": "09:00", "to": "24:01"]], "[0].to", "not_a_time"),
            ([["day": 1, "from": "09:00"]], "[0].to", "required"),
            ([["day": 1, "from": "09:00", "to": "10:00", "note": "x"]], "[0].note", "unknown_field"),
            (["monday"], "[0]", "wrong_type"), ("mon 09:00-12:30", "", "wrong_type"),
        ] as [(JSON, String, String)])
    func `what is no hours of a week is told at its place`(sent: JSON, place: String, code: String)
        async throws
    {
        let company = try await DirectoryPlatform.company()
        let answer = try company.send("POST", "accounts", ["name": "Verdi", "time_windows": sent])
        #expect(answer.faults == ["time_windows\(place):\(code)"])
    }
}

/// One server for tests that only ask.
enum DirectoryPlatform {
    private static let shared = Task { try await TestPlatform() }
    static func company() async throws -> Company { try await shared.value.signUp("Rossi") }
}
