import TestKit
import Testing
import Wire

struct PipelineTests {
    @Test func `a new organization starts with a pipeline in its language`() async throws {
        let platform = try await TestPlatform()
        let english = try await platform.signUp("Rossi")
        let italian = try await platform.signUp("Bianchi", currency: "CHF", locale: "it-IT")
        let names = { (company: Company) throws -> [String?] in
            try company.send("GET", "stages?sort=position").json["data"]?.arrayValue?.map {
                $0["name"]?.stringValue
            } ?? []
        }
        #expect(try names(english) == ["Prospecting", "Engaging", "Proposal", "Negotiation", "Won", "Lost"])
        #expect(
            try names(italian) == [
                "Prospezione", "Contatto avviato", "Proposta", "Trattativa", "Vinta", "Persa",
            ])
        let pipelines = try italian.send("GET", "pipelines").json["data"]?.arrayValue ?? []
        #expect(pipelines.count == 1)
        #expect(pipelines.first?["is_default"] == true)
        #expect(pipelines.first?["currency"] == "CHF")
    }

    @Test func `another default takes the place of the one before`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let first =
            try company.send("GET", "pipelines").json["data"]?.arrayValue?.first?["id"]?.stringValue ?? ""
        let second = try company.make("pipelines", ["name": "Renewals", "is_default": true])
        #expect(try company.send("GET", "pipelines/\(first)").json["is_default"] == false)
        #expect(try company.send("PATCH", "pipelines/\(first)", ["is_default": true]).status == 200)
        #expect(try company.send("GET", "pipelines/\(second)").json["is_default"] == false)
        #expect(try company.send("GET", "pipelines?is_default=true&count=exact").json["page"]?["total"] == 1)
    }

    @Test func `the default pipeline is neither given up nor deleted`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let id =
            try company.send("GET", "pipelines").json["data"]?.arrayValue?.first?["id"]?.stringValue ?? ""
        #expect(
            try company.send("PATCH", "pipelines/\(id)", ["is_default": false]).faults == [
                "is_default:default_needed"
            ])
        #expect(
            try company.send("PATCH", "pipelines/\(id)", ["is_default": nil]).faults == [
                "is_default:required"
            ])
        let deleted = try company.send("DELETE", "pipelines/\(id)")
        #expect(deleted.status == 409)
        #expect(deleted.code == "default_pipeline")
    }

    @Test func `a pipeline goes to the bin and comes back with its stages, unless deals stand in it`()
        async throws
    {
        let company = try await TestPlatform().signUp("Rossi")
        let pipeline = try company.make("pipelines", ["name": "Renewals"])
        let stage = try company.make("stages", ["pipeline_id": .string(pipeline), "name": "Asked"])
        let deal = try company.make("opportunities", ["title": "Renewal", "pipeline_id": .string(pipeline)])
        #expect(try company.send("GET", "opportunities/\(deal)").json["stage_id"] == .string(stage))
        #expect(try company.send("DELETE", "pipelines/\(pipeline)").code == "referenced")
        #expect(try company.send("DELETE", "stages/\(stage)").code == "referenced")
        #expect(try company.send("DELETE", "opportunities/\(deal)").status == 204)
        #expect(try company.send("DELETE", "pipelines/\(pipeline)").status == 204)
        #expect(try company.send("GET", "stages/\(stage)").status == 404)
        #expect(try company.send("POST", "stages/\(stage)/restore").code == "pipeline_gone")
        #expect(try company.send("POST", "opportunities/\(deal)/restore").code == "stage_gone")
        #expect(try company.send("POST", "pipelines/\(pipeline)/restore").status == 200)
        #expect(try company.send("POST", "opportunities/\(deal)/restore").status == 200)
        #expect(try company.send("GET", "stages/\(stage)").status == 200)
    }

    @Test func `a stage takes the last place and the probability of its kind`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let pipeline = try company.make("pipelines", ["name": "Renewals"])
        func stage(_ name: String, _ kind: String) throws -> JSON {
            try company.send(
                "POST", "stages",
                ["pipeline_id": .string(pipeline), "name": .string(name), "kind": .string(kind)]
            ).json
        }
        #expect(try stage("Asked", "open")["position"] == 1)
        let won = try stage("Won", "won")
        #expect(won["position"] == 2)
        #expect(won["win_probability"] == 10_000)
        let lost = try stage("Lost", "lost")
        #expect(lost["win_probability"] == 0)
        let id = lost["id"]?.stringValue ?? ""
        #expect(
            try company.send("PATCH", "stages/\(id)", ["win_probability": 1]).faults == [
                "win_probability:lost_is_worthless"
            ])
        #expect(try company.send("PATCH", "stages/\(id)", ["kind": "won"]).json["win_probability"] == 10_000)
        let twin = try company.send("POST", "stages", ["pipeline_id": .string(pipeline), "name": "ASKED"])
        #expect(twin.faults == ["name:taken"])
    }

    @Test func `a stage in which deals stand keeps its kind`() async throws {
        let company = try await TestPlatform().signUp("Rossi")
        let stages = try company.stages()
        _ = try company.make("opportunities", ["title": "Deal"])
        let answer = try company.send("PATCH", "stages/\(stages["prospecting"] ?? "")", ["kind": "won"])
        #expect(answer.faults == ["kind:stage_in_use"])
    }
}
