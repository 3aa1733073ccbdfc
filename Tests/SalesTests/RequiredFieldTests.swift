import Kernel
import TestKit
import Testing
import Wire

/// What the API's description, the metadata and the server itself say of required fields is one thing.
struct RequiredFieldTests {
    @Test func `the description, the metadata and the server demand the same fields`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Required")
        let schemas = try company.send("GET", "openapi.json").json["components"]?["schemas"]
        let entities = try company.send("GET", "meta").json["entities"]?.arrayValue ?? []
        for entity in platform.runtime.registry.entities where entity.operations.contains(.create) {
            let described = try #require(schemas?["\(entity.name).create"])
            let required = Set((described["required"]?.arrayValue ?? []).compactMap(\.stringValue))
            let meta = entities.first { $0["name"]?.stringValue == entity.name }
            let told = (meta?["fields"]?.arrayValue ?? []).filter {
                $0["rules"]?["required"]?.boolValue == true
            }
            #expect(Set(told.compactMap { $0["key"]?.stringValue }) == required, "\(entity.name)")
            let answer = try company.send("POST", entity.path, [:])
            let missing = Set(
                answer.faults.filter { $0.hasSuffix(":required") }.map { String($0.dropLast(9)) })
            #expect(required.isSubset(of: missing), "\(entity.name): \(answer.text)")
            // A hook fills the others where it can.
            let completed = entity.fields.filter(\.isCompleted).map(\.key)
            #expect(missing.subtracting(required).isSubset(of: completed), "\(entity.name): \(answer.text)")
        }
        let stage = schemas?["sales.stage.create"]?["required"]
        #expect(stage == ["pipeline_id", "name"])
    }

    @Test func `an object within a request or an answer is described with what it must have`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Nested")
        let signup = try company.send("GET", "openapi.json").json["paths"]?["/auth/signup"]?["post"]
        let body = signup?["requestBody"]?["content"]?["application/json"]?["schema"]
        let sent = body?["properties"]?["organization"]
        #expect(sent?["required"] == ["name"])
        #expect(
            sent?["properties"]?["currency"]?["default"] == "EUR" || sent?["properties"]?["currency"] != nil)
        #expect(sent?["additionalProperties"] == false)
        let answer = signup?["responses"]?["201"]?["content"]?["application/json"]?["schema"]
        #expect(answer?["properties"]?["organization"]?["required"] == ["id", "slug", "name"])
    }
}
