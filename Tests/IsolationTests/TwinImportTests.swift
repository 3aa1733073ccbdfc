import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// A file that names another company's records imports as one that names nobody's.
@Suite(.serialized) struct TwinImportTests {
    /// Entities with a reference that a file can match by words.
    private static func references(_ registry: Registry) -> [(
        entity: EntityDefinition, field: FieldDefinition
    )] {
        registry.entities.filter { $0.operations.contains(.import) && $0.operations.contains(.create) }
            .flatMap { entity in
                entity.fields.filter { $0.isWritable && $0.target != nil }.map { (entity: entity, field: $0) }
            }
    }

    @Test func `references in a file find only the company's own`() async throws {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens["org_admin"])
        let references = Self.references(twins.platform.runtime.registry)
        #expect(references.count >= 10)
        for (entity, field) in references {
            await Task.yield()
            guard let target = field.target, let id = twins.b.ids[target]?.first,
                let text = entity.fields.first(where: { $0.kind.isText && $0.isWritable })
            else { continue }
            let words = [
                (value: try label(of: target, id, twins), match: JSON.null), (value: id, match: "id"),
            ]
            for word in words {
                let file = "\(text.key),\(field.key)\nImported \(entity.path),\"\(word.value)\"\n"
                let columns: JSON = [
                    ["column": .string(text.key), "field": .string(text.key)],
                    ["column": .string(field.key), "field": .string(field.key), "match_by": word.match],
                ]
                try await expectNothing(of: file, columns, entity, field, twins, client)
            }
        }
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
    }

    @Test func `a key in a file matches only the company's own records`() async throws {
        // Twins of its own: the file leaves words of B in a record of A.
        let twins = try await Twins()
        let client = twins.platform.client(token: twins.a.tokens["org_admin"])
        let foreign = (twins.b.ids["directory.account"] ?? []).compactMap { twins.b.records.bodies[$0] }
        let code = try #require(foreign.first?["external_code"]?.stringValue)
        let file = "name,code\nTaken over,\(code)\n"
        let upload = try client.upload(
            "imports", fields: ["entity": "directory.account"], file: Array(file.utf8), named: "keys.csv")
        let id = try #require(upload.json["id"]?.stringValue)
        let mapping: JSON = [
            "key": "external_code", "on_match": "update",
            "columns": [["column": "name", "field": "name"], ["column": "code", "field": "external_code"]],
        ]
        #expect(try client.send("PUT", "imports/\(id)/mapping", mapping).status == 200)
        try client.send("POST", "imports/\(id)/run")
        try await twins.platform.drain()
        let done = try client.send("GET", "imports/\(id)")
        #expect(done.json["counts"]?["create"] == 1, "\(done.text)")
        #expect(done.json["counts"]?["update"] == 0)
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
        let stranger = twins.platform.client(token: twins.b.tokens["org_admin"])
        for path in ["imports/\(id)", "imports/\(id)/errors.csv"] {
            #expect(try stranger.send("GET", path).status == 404, "\(path)")
        }
        for step in ["check", "run", "undo"] {
            #expect(try stranger.send("POST", "imports/\(id)/\(step)").status == 404)
        }
    }

    /// The file creates nothing, and proposes only what A has.
    private func expectNothing(
        of file: String, _ columns: JSON, _ entity: EntityDefinition, _ field: FieldDefinition,
        _ twins: Twins,
        _ client: APIClient
    ) async throws {
        let name = "\(entity.name).\(field.key)"
        let upload = try client.upload(
            "imports", fields: ["entity": entity.name], file: Array(file.utf8), named: "canaries.csv")
        #expect(upload.status == 201, "\(name): \(upload.text)")
        let id = upload.json["id"]?.stringValue ?? ""
        let mapped = try client.send("PUT", "imports/\(id)/mapping", ["columns": columns])
        #expect(mapped.status == 200, "\(name): \(mapped.text)")
        for step in ["check", "run"] {
            let started = try client.send("POST", "imports/\(id)/\(step)")
            #expect(started.status == 202, "\(step) \(name): \(started.text)")
            try await twins.platform.drain()
            let done = try client.send("GET", "imports/\(id)")
            #expect(
                done.json["counts"]?["create"] == 0 && done.json["counts"]?["error"] == 1,
                "\(step) \(name): \(done.text)")
            let told = twins.b.ids.values.joined().first { done.text.contains($0) && !file.contains($0) }
            #expect(told == nil, "\(step) \(name)")
            let proposals = (done.json["unmatched"]?.arrayValue ?? []).flatMap {
                $0["proposals"]?.arrayValue ?? []
            }
            let foreign = proposals.compactMap { $0["label"]?.stringValue }.filter {
                $0.contains(twins.b.mark)
            }
            #expect(foreign == [], "\(step) \(name)")
        }
    }

    /// What B calls a record.
    private func label(of entity: String, _ id: String, _ twins: Twins) throws -> String {
        let rows = try twins.platform.database.admin(
            "select label from kernel.records where organization_id = \(twins.b.id)::uuid and id = \(id)::uuid"
        )
        return rows.count == 1 ? rows[0, 0] ?? twins.b.mark : twins.b.mark
    }
}
