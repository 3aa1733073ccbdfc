import Kernel
import TestKit
import Testing
import Wire

/// Nothing that is sent makes the server fail: what it refuses, it refuses as a problem document.
@Suite struct HostileTests {
    @Test func `no value in any field of any body makes the server fail`() async throws {
        let caller = try await HostileCaller()
        for route in caller.routes where !route.isReading {
            let fields = caller.requests.fields(of: route)
            for (position, field) in fields.enumerated() {
                let texts = HostileValues.texts.enumerated().filter {
                    field.kind.isText || $0.offset % 4 == position % 4
                }
                for json in HostileValues.members + texts.map({ JSON.string($0.element).text }) {
                    try caller.send(
                        route, body: caller.body(of: route, field.key, json), "\(field.key) \(json)")
                }
            }
            for value in HostileValues.malformed {
                let key = fields.first?.key ?? "name"
                try caller.send(route, body: caller.body(of: route, key, value.json), value.name)
            }
        }
        #expect(caller.faults == [])
        // Much of it is plain text, that a record takes and the database has to bear.
        #expect(caller.statuses[200, default: 0] > 500 && caller.statuses[201, default: 0] > 300)
        #expect(caller.statuses[422, default: 0] > 3000)
        #expect(try caller.isHealthy())
    }

    @Test func `no body makes the server fail`() async throws {
        let caller = try await HostileCaller()
        let long = "\"\(String(repeating: "a", count: 1_000_000))\""
        let huge = [UInt8](repeating: UInt8(ascii: " "), count: 5_000_000)
        for route in caller.routes where !route.isReading {
            for body in HostileValues.bodies { try caller.send(route, body: body.bytes, body.name) }
            try caller.send(route, body: huge, "5 MB")
            guard let field = caller.requests.fields(of: route).first(where: \.kind.isText) else { continue }
            try caller.send(route, body: caller.body(of: route, field.key, long), "1 MB")
        }
        #expect(caller.faults == [])
        #expect(try caller.isHealthy())
    }

    @Test func `no query makes the server fail`() async throws {
        let caller = try await HostileCaller()
        for route in caller.routes {
            for query in route.isReading ? HostileValues.queries : ["a=1", "%zz", "id=x"] {
                try caller.send(route, query: query, query)
            }
        }
        #expect(caller.faults == [])
        #expect(try caller.isHealthy())
    }

    @Test func `no value in any parameter of any query makes the server fail`() async throws {
        let caller = try await HostileCaller()
        let texts = HostileValues.texts.filter { $0.utf8.count <= 1000 }
        for route in caller.routes where route.isReading {
            for name in caller.parameters(of: route) {
                for text in texts {
                    try caller.send(
                        route, query: "\(TwinTests.encoded(name))=\(TwinTests.encoded(text))",
                        "\(name) \(text)")
                }
            }
            for (position, name) in caller.filters(of: route).enumerated() {
                for (number, text) in texts.enumerated() where number % 5 == position % 5 {
                    try caller.send(route, query: "\(name)=\(TwinTests.encoded(text))", "\(name) \(text)")
                }
            }
        }
        #expect(caller.faults == [])
        #expect(try caller.isHealthy())
    }

    @Test func `no header and no path makes the server fail`() async throws {
        let caller = try await HostileCaller()
        for route in caller.routes {
            for header in HostileValues.headers { try caller.send(route, header: header, header) }
            guard !route.route.parameters.isEmpty else { continue }
            for segment in HostileValues.segments { try caller.send(route, id: segment, segment) }
        }
        #expect(caller.faults == [])
        #expect(try caller.isHealthy())
    }

    @Test func `guessed organizations and tokens of others open nothing`() async throws {
        let caller = try await HostileCaller()
        let stranger = try await caller.platform.signUp("Stranger")
        for id in [stranger.id, UUIDv7.make(), .zero] {
            let switched = try caller.client.send("POST", "organizations/\(id)/switch")
            #expect(switched.status == 404)
            let answer = try caller.client.send(
                "GET", "members", headers: ["X-Organization-ID": id.description])
            #expect(!answer.text.contains(stranger.adminID.description))
        }
    }
}
