import Testing
import Wire

@testable import Kernel

struct TimeWindowsDecoderTests {
    private let decoder = FieldDecoder(FieldDefinition("hours", .timeWindows))

    @Test(arguments: [
        "mon 09:00-12:30, 15:00-19:00; tue 09:00-24:00", "Martedì 9:00-24:00; LUN 15:00-19:00 9:00-12:30;",
        #"[{"day":2,"from":"09:00","to":"24:00"},{"day":1,"from":"09:00","to":"12:30"},"#
            + #"{"day":1,"from":"15:00","to":"19:00"}]"#,
    ])
    func `hours are read from files as they are exported, in words or as JSON`(text: String) throws {
        guard case .json(let windows) = try decoder.decode(text: text) else {
            Issue.record("no hours")
            return
        }
        #expect(TimeWindowsDecoder.text(of: windows) == "mon 09:00-12:30, 15:00-19:00; tue 09:00-24:00")
    }

    @Test(arguments: [
        ("noday 09:00-10:00", "not_a_day"), ("mon nine", "not_a_time"),
        ("mon; tue 09:00-10:00", "not_a_time"),
        ("mon 10:00-09:00", "window_ends_first"),
        ("mon 09:00-11:00, 10:00-12:00", "windows_overlap"),
    ])
    func `text that is no hours is told`(text: String, code: String) {
        do {
            _ = try decoder.decode(text: text)
            Issue.record("taken: \(text)")
        } catch { #expect(error.error.code == code) }
    }
}
