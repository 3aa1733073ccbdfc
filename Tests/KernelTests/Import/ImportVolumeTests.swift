import TestKit
import Testing
import Wire

extension ImportTests {
    @Suite struct Volume {
        @Test func `two million cells come in by chunks`() async throws {
            let desk = try await ImportDesk("Volume")
            let (rows, columns) = (10_000, 200)
            let fillers = (3..<columns).map { "c\($0)" }
            var text = "name,code,staff," + fillers.joined(separator: ",") + "\n"
            let rest = fillers.map { "\($0)x" }.joined(separator: ",")
            for row in 0..<rows { text += "Account \(row),N\(row),\(row),\(rest)\n" }
            let file = try desk.upload(text)
            #expect(file["rows"]?.integerValue == Int64(rows))
            #expect(file["columns"]?.arrayValue?.count == columns)
            let mapped = try desk.map(
                file.id, [("name", "name"), ("code", "external_code"), ("staff", "employees")],
                key: "external_code", onMatch: "skip")
            #expect(mapped.status == 200)
            #expect(try await desk.step("check", file.id).tally == [Int64(rows), 0, 0, 0])
            let done = try await desk.step("run", file.id)
            #expect(done.tally == [Int64(rows), 0, 0, 0])
            #expect(try desk.total() == Int64(rows))
        }
    }
}
