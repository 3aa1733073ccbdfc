import TestKit
import Testing
import Wire

struct PlanTests {
    @Test func `the plan tells which plugins it turns on`() async throws {
        let platform = try await TestPlatform()
        let company = try await platform.signUp("Rossi")
        let plan = try company.send("GET", "plan")
        #expect(plan.status == 200)
        #expect(plan.json["code"] == "free")
        #expect(plan.json["plugins"] == ["sales"])
        #expect(try platform.client().send("GET", "plan").status == 401)
    }
}
