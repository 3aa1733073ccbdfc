import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// Nothing of one company is seen, touched or counted by another: every registered route, as every role.
@Suite struct TwinTests {
    private var routes: [RouteDefinition] {
        get async throws { try await Twins.shared.value.platform.runtime.registry.routes }
    }

    @Test func `a company reads what is its own`() async throws {
        let twins = try await Twins.shared.value
        let entities = twins.platform.runtime.registry.entities.filter { $0.operations.contains(.get) }
        #expect(entities.count >= 8)
        for entity in entities {
            await Task.yield()
            // Everybody's canary stands in the records; a role's or member's one in its name.
            #expect(twins.controls["/\(entity.path)/{id}"] == 200, "\(entity.name)")
        }
        for role in Twins.roles { #expect(twins.a.tokens[role] != nil, "\(role)") }
    }

    @Test(arguments: Twins.roles)
    func `another company's id answers as one that names nothing`(_ role: String) async throws {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens[role])
        var faults: [String] = []
        var attempts = 0
        for route in try await routes where !route.route.parameters.isEmpty {
            await Task.yield()
            let body = twins.requests.body(for: route)?.encoded()
            for foreign in twins.foreignIDs(for: route) {
                let attempt = Twins.Attempt(
                    route: route, path: { SampleRequests.path(of: route, naming: $0) }, body: { _ in body },
                    foreign: foreign,
                    name: "path")
                let outcome = try twins.send(attempt, by: client)
                attempts += 1
                let label = "\(role) \(route.verb) \(route.path) \(outcome.foreign.status)"
                if !outcome.isSame { faults.append("\(label): not as \(outcome.absent.status)") }
                if let leak = twins.leak(in: outcome.foreign, besides: foreign) {
                    faults.append("\(label): tells \(leak)")
                }
                if let fault = outcome.foreign.formFault { faults.append("\(label): \(fault)") }
                // To tenants the vendor's realm does not open at all.
                let isVendor = route.access.vendorRole != nil
                let isRefused = (isVendor ? [401] : [403, 404]).contains(outcome.foreign.status)
                let isAbsent = isVendor || role != "org_admin" || outcome.foreign.status == 404
                if !isRefused || !isAbsent {
                    faults.append(
                        "\(label): not 404 (\(outcome.foreign.code ?? ""), \(outcome.foreign.faults))")
                }
            }
        }
        #expect(faults == [])
        #expect(attempts > 40)
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
    }

    @Test(arguments: Twins.roles)
    func `a reference to another company's record is refused as one to none`(_ role: String) async throws {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens[role])
        var faults: [String] = []
        var attempts = 0
        for route in try await routes {
            await Task.yield()
            for reference in twins.references(of: route) {
                guard let foreign = twins.b.ids[reference.entity]?.first else { continue }
                let body = Self.body(twins.requests.body(for: route) ?? [:])
                let own = Self.owned(route, twins)
                let attempt = Twins.Attempt(
                    route: route, path: { _ in own },
                    body: { id in body(reference.key, reference.isList ? [.string(id)] : .string(id)) },
                    foreign: foreign, name: reference.key)
                let outcome = try twins.send(attempt, by: client)
                attempts += 1
                let label = "\(role) \(route.verb) \(route.path) \(reference.key) \(outcome.foreign.status)"
                if !outcome.isSame {
                    faults.append("\(label): not as \(outcome.absent.status) \(outcome.foreign.text)")
                }
                if let leak = twins.leak(in: outcome.foreign, besides: foreign) {
                    faults.append("\(label): tells \(leak)")
                }
                let isRecord = [.create, .update].contains(route.operation)
                guard role == "org_admin", isRecord else { continue }
                let expected = reference.isFixed ? "read_only" : "reference_not_found"
                if !outcome.foreign.faults.contains("\(reference.key):\(expected)") {
                    faults.append("\(label): \(outcome.foreign.faults)")
                }
            }
        }
        #expect(faults == [])
        #expect(attempts > 20)
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
    }

    @Test(arguments: Twins.roles)
    func `a filter on another company's ids and words finds nothing`(_ role: String) async throws {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens[role])
        var faults: [String] = []
        for route in try await routes where [.list, .aggregate, .export].contains(route.operation) {
            await Task.yield()
            guard let entity = route.entity.flatMap({ twins.platform.runtime.registry.entity($0) }) else {
                continue
            }
            for filter in Self.filters(of: entity, twins) {
                let attempt = Twins.Attempt(
                    route: route, path: { "\(route.path)?\(filter.query($0))" }, body: { _ in nil },
                    foreign: filter.foreign, name: filter.name)
                let outcome = try twins.send(attempt, by: client)
                let label = "\(role) \(route.path)?\(filter.name) \(outcome.foreign.status)"
                if !outcome.isSame {
                    faults.append("\(label): not as for an absent one: \(outcome.foreign.text)")
                }
                if let leak = twins.leak(in: outcome.foreign, besides: filter.foreign) {
                    faults.append("\(label): \(leak)")
                }
                if let fault = outcome.foreign.formFault { faults.append("\(label): \(fault)") }
            }
        }
        #expect(faults == [])
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
    }

    @Test(arguments: Twins.roles)
    func `no list, search, export, sum or log tells of another company`(_ role: String) async throws {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens[role])
        var faults: [String] = []
        for route in try await routes where route.isReading && route.route.parameters.isEmpty {
            await Task.yield()
            for query in Self.queries(of: route, twins) {
                let answer = try client.send("GET", "/api/v1\(route.path)\(query)")
                if let leak = twins.leak(in: answer) {
                    faults.append("\(role) \(route.path)\(query): \(leak)")
                }
                if let fault = answer.formFault { faults.append("\(role) \(route.path)\(query): \(fault)") }
            }
        }
        for entity in twins.platform.runtime.registry.entities where entity.operations.contains(.history) {
            await Task.yield()
            guard let own = twins.a.ids[entity.name]?.first else { continue }
            for part in ["history", "access", "timeline"] {
                let answer = try client.send("GET", "\(entity.path)/\(own)/\(part)")
                if let leak = twins.leak(in: answer) {
                    faults.append("\(role) \(entity.path) \(part): \(leak)")
                }
            }
        }
        #expect(faults == [])
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
    }

    @Test func `a cursor made for another company is no cursor`() async throws {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens["org_admin"])
        var used = 0
        for route in try await routes where route.isReading {
            await Task.yield()
            guard let cursor = twins.cursors[route.path] else { continue }
            let path = Self.owned(route, twins)
            let answer = try client.send("GET", "/api/v1\(path)?limit=1&cursor=\(cursor)")
            #expect(answer.status == 400, "\(path): \(answer.text)")
            #expect(answer.faults == ["cursor:bad_cursor"], "\(path)")
            used += 1
        }
        #expect(used >= 5)
    }

    @Test func `background work of one company leaves the other alone`() async throws {
        let twins = try await Twins.shared.value
        let client = twins.platform.client(token: twins.a.tokens["org_admin"])
        let events: SQL = """
            select count(*)
            from kernel.outbox
            where organization_id = \(twins.a.id)::uuid
            """
        let before = try twins.platform.database.admin(events).integer(0, 0) ?? 0
        var changed: Int64 = 0
        for entity in twins.platform.runtime.registry.entities where entity.operations.contains(.update) {
            await Task.yield()
            guard let id = twins.a.ids[entity.name]?.first(where: { twins.a.records.bodies[$0] != nil })
            else { continue }
            let answer = try client.send("PATCH", "\(entity.path)/\(id)", twins.requests.change(of: entity))
            #expect(answer.status == 200, "\(entity.name): \(answer.text)")
            changed += 1
        }
        let after = try twins.platform.database.admin(events).integer(0, 0) ?? 0
        #expect(changed >= 8)
        #expect(after > before, "changes are events")
        try await twins.platform.drain()
        #expect(try twins.platform.database.digests(of: twins.b.id) == twins.before)
    }
}
