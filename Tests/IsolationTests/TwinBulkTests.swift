import Kernel
import TestKit
import Testing
import Wire

/// What is changed many at a time is one company's own, whichever ids are named.
@Suite struct TwinBulkTests {
    @Test(arguments: ["org_admin", "sales_manager", "sales_rep"])
    func `records of another company that are named are neither changed nor deleted`(_ role: String)
        async throws
    {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens[role])
        var (jobs, refused): ([(foreign: String, absent: String)], Int) = ([], 0)
        for route in twins.platform.runtime.registry.routes where route.operation == .bulk {
            await Task.yield()
            guard let entity = route.entity.flatMap({ twins.platform.runtime.registry.entity($0) }),
                let foreign = twins.b.ids[entity.name]
            else { continue }
            for change in Self.changes(of: entity, twins) {
                let absent = foreign.map { _ in UUIDv7.make().description }
                let answers = try [foreign, absent].map { ids in
                    try client.send("POST", "/api/v1\(route.path)", Self.naming(ids, change))
                }
                #expect(answers[0].status == answers[1].status, "\(route.path): \(answers[0].text)")
                let begun = answers.compactMap { $0.json["job"]?.stringValue }
                guard begun.count == 2 else {
                    #expect(answers[0].status == 403, "\(route.path): \(answers[0].text)")
                    refused += 1
                    continue
                }
                jobs.append((foreign: begun[0], absent: begun[1]))
            }
        }
        try await twins.platform.drain()
        for job in jobs {
            let shown = try [job.foreign, job.absent].map { try client.send("GET", "bulk/\($0)").json }
            #expect(shown[0]["status"] == "done")
            #expect(shown[0]["counts"]?["update"] == 0 && shown[0]["counts"]?["delete"] == 0)
            #expect(shown[0]["counts"] == shown[1]["counts"])
        }
        #expect(jobs.count + refused >= 12 && (role != "org_admin" || refused == 0))
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
    }

    /// What many may be done to, by what the entity offers.
    private static func changes(of entity: EntityDefinition, _ twins: Twins) -> [JSON] {
        var changes: [JSON] = []
        let set = twins.requests.change(of: entity)
        if entity.operations.contains(.update), set != [:] { changes.append(["set": set]) }
        if entity.operations.contains(.delete) { changes.append(["delete": true]) }
        return changes
    }

    private static func naming(_ ids: [String], _ change: JSON) -> JSON {
        var body = change.objectValue ?? JSONObject()
        body["ids"] = .array(ids.map { .string($0) })
        return .object(body)
    }
}
