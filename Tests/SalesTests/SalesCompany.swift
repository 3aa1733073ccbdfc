import TestKit
import Wire

/// Short ways to the records that tests of selling start with.
extension Company {
    /// The starting pipeline's stages, by code.
    func stages() throws -> [String: String] {
        var stages: [String: String] = [:]
        for stage in try send("GET", "stages?limit=200").json["data"]?.arrayValue ?? [] {
            if let code = stage["code"]?.stringValue { stages[code] = stage["id"]?.stringValue }
        }
        return stages
    }

    /// Makes a record and gives its id.
    func make(_ path: String, _ body: JSON) throws -> String {
        let answer = try send("POST", path, body)
        guard answer.status == 201, let id = answer.json["id"]?.stringValue else {
            throw CompanyError.refused(answer.text)
        }
        return id
    }
}
