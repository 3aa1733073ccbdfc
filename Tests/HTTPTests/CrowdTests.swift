import Glibc
import HTTP
import Loop
import TestKit
import Testing

/// Many connections that ask nothing keep nobody out.
@Suite struct `Crowds of slow connections` {
    private static let slow = "GET / HTTP/1.1\r\nHost: a\r\nX-"
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func `slow heads of one address hinder neither that address nor another`() async throws {
        var configuration = ServerConfiguration()
        configuration.maximumConnectionsPerAddress = 100
        try await withServer(configuration, answering: echo) { server in
            try Self.serve(through: 300, of: server)
            #expect(server.connectionCount <= 102)
        }
    }

    @Test func `an address whose slow connections fill one loop is served on the other`() async throws {
        var configuration = ServerConfiguration()
        configuration.maximumConnectionsPerAddress = 20
        let loops = try Loops.shared.get()
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let (outlet, inlet) = (ends[0], ends[1])
        try await withServer(configuration, loops: loops, answering: echo) { server in
            // One loop stands still until a byte comes.
            loops.loops[1].execute {
                var byte: UInt8 = 0
                _ = read(outlet, &byte, 1)
            }
            let crowd = try (1...100).map { _ in try Client(server.port) }
            for client in crowd { client.send(Self.slow) }
            #expect(try await Deadline.holds { server.connectionCount == 10 })
            #expect(write(inlet, "!", 1) == 1)
            for _ in 1...20 {
                let good = try Client(server.port)
                good.send(Self.get)
                #expect(try good.reply().status == 200)
            }
            withExtendedLifetime(crowd) {}
        }
        close(outlet)
        close(inlet)
    }

    @Test func `five thousand slow heads hinder nobody`() async throws {
        OpenFiles.raiseLimit()
        try await withServer(answering: echo) { server in try Self.serve(through: 5000, of: server) }
    }

    /// Opens so many slow connections and asks beside them, from their address and from another.
    private static func serve(through count: Int, of server: Server) throws {
        var crowd: [Client] = []
        for number in 1...count {
            let client = try Client(server.port)
            client.send(slow)
            crowd.append(client)
            guard number.isMultiple(of: count / 10) else { continue }
            for source in ["127.0.0.1", "127.0.0.2"] {
                let good = try Client(server.port, source: source)
                good.send(get)
                #expect(try good.reply().status == 200)
            }
        }
    }

    @Test func `a server that is full closes who waits, not who is served`() async throws {
        var configuration = ServerConfiguration()
        configuration.maximumConnections = 4
        let begun = Gate()
        let done = Gate()
        try await withServer(configuration, loops: try Loops.single.get()) { request in
            if request.path == "/slow" {
                begun.open()
                await done.wait()
            }
            return .text("served")
        } _: { server in
            let busy = try Client(server.port)
            busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            await begun.wait()
            let crowd = try (1...6).map { _ in try Client(server.port) }
            for client in crowd { client.send(Self.slow) }
            let good = try Client(server.port)
            good.send(Self.get)
            #expect(try good.reply().status == 200)
            done.open()
            #expect(try busy.reply().text == "served")
        }
    }

    @Test func `one that was served and waits gives way to a newcomer`() async throws {
        var configuration = ServerConfiguration()
        configuration.maximumConnections = 2
        try await withServer(configuration, loops: try Loops.single.get(), answering: echo) { server in
            var crowd: [Client] = []
            for _ in 1...5 {
                let client = try Client(server.port)
                client.send(Self.get)
                #expect(try client.reply().status == 200)
                crowd.append(client)
            }
            #expect(server.connectionCount == 2)
        }
    }

    @Test func `connections of a trusted proxy are not counted as one address's`() async throws {
        var configuration = ServerConfiguration()
        configuration.maximumConnectionsPerAddress = 1
        configuration.trustedProxies = [try #require(AddressRange("127.0.0.0/8"))]
        try await withServer(configuration) {
            .text($0.remoteAddress)
        } _: { server in
            let clients = try (1...3).map { _ in try Client(server.port) }
            for client in clients {
                client.send(Self.get)
                #expect(try client.reply().text == "127.0.0.1")
            }
        }
    }
}

/// Whose address a request has.
@Suite struct `Addresses behind proxies` {
    private func address(_ forwarded: [String], trusted: [String]) async throws -> String {
        var configuration = ServerConfiguration()
        configuration.trustedProxies = trusted.compactMap { AddressRange($0) }
        var text = ""
        try await withServer(configuration) {
            .text($0.remoteAddress)
        } _: { server in
            let client = try Client(server.port)
            let lines = forwarded.map { "X-Forwarded-For: \($0)\r\n" }.joined()
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
            text = try client.reply().text
        }
        return text
    }

    @Test func `nobody is believed by default`() async throws {
        #expect(try await address(["192.0.2.7"], trusted: []) == "127.0.0.1")
        #expect(try await address(["192.0.2.7"], trusted: ["10.0.0.0/8"]) == "127.0.0.1")
    }

    @Test func `a trusted proxy is believed, what the client wrote before it is not`() async throws {
        #expect(try await address(["192.0.2.7"], trusted: ["127.0.0.1"]) == "192.0.2.7")
        #expect(try await address(["203.0.113.9, 192.0.2.7"], trusted: ["127.0.0.1"]) == "192.0.2.7")
        #expect(try await address(["203.0.113.9", "192.0.2.7"], trusted: ["127.0.0.1"]) == "192.0.2.7")
        let chain = ["203.0.113.9, 192.0.2.7, 10.1.2.3"]
        #expect(try await address(chain, trusted: ["127.0.0.1", "10.0.0.0/8"]) == "192.0.2.7")
        #expect(try await address(["2001:DB8::0:1"], trusted: ["127.0.0.1"]) == "2001:db8::1")
        #expect(try await address(["::ffff:192.0.2.7"], trusted: ["127.0.0.1"]) == "192.0.2.7")
    }

    @Test func `what is no address names nobody`() async throws {
        for text in ["", "unknown", "192.0.2.7:80", "192.0.2", "a, b"] {
            #expect(try await address([text], trusted: ["127.0.0.1"]) == "127.0.0.1", "\(text)")
        }
    }

    @Test func `a range is an address with or without a number of bits`() {
        for text in ["10.0.0.0/8", "127.0.0.1", "::1", "2001:db8::/32", "0.0.0.0/0"] {
            #expect(AddressRange(text) != nil, "\(text)")
        }
        for text in ["", "10.0.0.0/33", "10.0.0/8", "x", "::/129", "10.0.0.0/", "10.0.0.0/+8", "1/2/3"] {
            #expect(AddressRange(text) == nil, "\(text)")
        }
    }
}
