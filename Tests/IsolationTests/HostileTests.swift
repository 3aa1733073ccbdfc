import Kernel
import TestKit
import Testing
import Wire

/// Nothing that is sent makes the server fail: what it refuses, it refuses as a problem document.
@Suite struct HostileTests {
    /// A field gets one in so many of the values, the next field the others; at the soak size each gets all.
    private static let share = Soak.size(2, soak: 1, "fields share the hostile values")

    @Test func `no value in any field of any body makes the server fail`() async throws {
        let caller = try await HostileCaller()
        var position = 0
        for route in caller.routes where !route.isReading {
            await Task.yield()
            let members = caller.requests.members(of: route)
            for field in members {
                let texts = HostileValues.texts.enumerated().filter {
                    field.kind.isText || $0.offset % 4 == position % 4
                }
                let values = HostileValues.members + texts.map { JSON.string($0.element).text }
                for (number, json) in values.enumerated() where (number + position) % Self.share == 0 {
                    try caller.send(
                        route, body: caller.body(of: route, field.key, json), "\(field.key) \(json)")
                }
                position += 1
            }
            for value in HostileValues.malformed {
                let key = members.first?.key ?? "name"
                try caller.send(route, body: caller.body(of: route, key, value.json), value.name)
            }
        }
        #expect(caller.faults == [])
        // Much of it is plain text, that a record takes and the database has to bear.
        #expect(caller.statuses[200, default: 0] > 500 && caller.statuses[201, default: 0] > 300)
        #expect(caller.statuses[422, default: 0] > 3000)
        // Nor was most of what signs in made to wait unjudged.
        #expect(caller.statuses[429, default: 0] * 5 < caller.count, "\(caller.statuses)")
        #expect(try caller.isHealthy())
    }

    @Test func `no body makes the server fail`() async throws {
        let caller = try await HostileCaller()
        let long = "\"\(String(repeating: "a", count: 1_000_000))\""
        let huge = [UInt8](repeating: UInt8(ascii: " "), count: 5_000_000)
        for route in caller.routes where !route.isReading {
            await Task.yield()
            for body in HostileValues.bodies { try caller.send(route, body: body.bytes, body.name) }
            try caller.send(route, body: huge, "5 MB")
            guard let field = caller.requests.members(of: route).first(where: \.kind.isText) else { continue }
            try caller.send(route, body: caller.body(of: route, field.key, long), "1 MB")
        }
        #expect(caller.faults == [])
        #expect(try caller.isHealthy())
    }

    @Test func `no query makes the server fail`() async throws {
        let caller = try await HostileCaller()
        for route in caller.routes {
            await Task.yield()
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
        var position = 0
        for route in caller.routes where route.isReading {
            await Task.yield()
            for name in caller.parameters(of: route) {
                for (number, text) in texts.enumerated() where (number + position) % Self.share == 0 {
                    try caller.send(
                        route, query: "\(TwinTests.encoded(name))=\(TwinTests.encoded(text))",
                        "\(name) \(text)")
                }
                position += 1
            }
            let every = 5 * Self.share
            for name in caller.filters(of: route) {
                for (number, text) in texts.enumerated() where (number + position) % every == 0 {
                    try caller.send(route, query: "\(name)=\(TwinTests.encoded(text))", "\(name) \(text)")
                }
                position += 1
            }
        }
        #expect(caller.faults == [])
        #expect(try caller.isHealthy())
    }

    @Test func `no header and no path makes the server fail`() async throws {
        let caller = try await HostileCaller()
        for route in caller.routes {
            await Task.yield()
            for header in HostileValues.headers { try caller.send(route, header: header, header) }
            guard !route.route.parameters.isEmpty else { continue }
            for segment in HostileValues.segments { try caller.send(route, id: segment, segment) }
        }
        #expect(caller.faults == [])
        #expect(try caller.isHealthy())
    }

    @Test func `no upload makes the server fail`() async throws {
        let caller = try await HostileCaller()
        let route = try #require(caller.routes.first { $0.path == "/imports" && $0.verb == "POST" })
        let part = "--x\r\nContent-Disposition: form-data; name=\"entity\"\r\n\r\n"
        let file = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
        let whole = "\(part)directory.account\r\n\(file)"
        let contents: [[UInt8]] =
            [
                "", "\u{0}", "name\n", "\n\n\n", ",,,\n,,\n", "\"", "\"a\nb", "name,name\na,b\n",
                "\u{feff}name\na\n",
                String(repeating: "a,", count: 50_000), String(repeating: "\"", count: 9999), "=1+1\n@x\n",
                String(repeating: "x", count: 2_000_000), "name\n" + String(repeating: "ä\n", count: 30_000),
            ].map { Array($0.utf8) } + [
                [0xff, 0xfe, 0x00, 0xd8], [0x50, 0x4b, 3, 4], [UInt8](repeating: 0x80, count: 3000),
            ]
        for (number, content) in contents.enumerated() {
            try caller.send(
                route, header: "Content-Type: multipart/form-data; boundary=x",
                body: Array(whole.utf8) + content + Array("\r\n--x--\r\n".utf8), "content \(number)")
        }
        let bodies = [
            "", "--x", "--x--", part, "\(part)nope\r\n\(file)a\r\n--x--\r\n",
            "\(part)\u{0}\r\n\(file)a\r\n--x--\r\n", "\(whole)a",
            "\(part)a\r\n\(part)b\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
            "--x\r\n\r\na\r\n--x--\r\n",
            "--x\r\n\(String(repeating: "A: b\r\n", count: 3000))\r\na\r\n--x--\r\n",
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../etc/passwd\"\r\n\r\na\r\n--x--\r\n",
            String(repeating: "\(part)a\r\n", count: 200) + "--x--\r\n",
        ]
        for body in bodies {
            for type in [
                "multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=",
                "text/csv",
            ] {
                try caller.send(
                    route, header: "Content-Type: \(type)", body: Array(body.utf8), "\(type) \(body)")
            }
        }
        #expect(caller.faults == [])
        #expect(caller.statuses[201, default: 0] >= 3)
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
