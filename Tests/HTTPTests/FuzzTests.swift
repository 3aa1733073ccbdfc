import HTTP
import TestKit
import Testing

/// Makes requests that are nearly well-formed.
struct RequestMutation {
    /// What each is made of: a request of every framing.
    static let seeds = [
        "GET /a/b?c=d HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nGET /in HTT",
        "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nGET /\r\n3;a=b\r\nabc\r\n0\r\n\r\n",
        "PUT /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
        "HEAD / HTTP/1.1\r\nhost: x\r\nConnection: close\r\n\r\n",
    ].map { Array($0.utf8) }
    private static let pieces = [
        "\r\n", "\n", "\r", "\0", " ", "\t", ":", "%", "%00", "Host: x\r\n", "Content-Length: 3\r\n",
        "0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "GET / HTTP/1.1\r\n", "\r\n\r\n",
        "ffffffff",
    ].map { Array($0.utf8) }

    var random: FixedRandom

    mutating func next() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            bytes += Self.seeds.randomElement(using: &random) ?? []
        }
        for _ in 0..<Int.random(in: 0...4, using: &random) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let position = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, position + Int.random(in: 1...12, using: &random))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(position..<end)
        case 2: bytes.insert(contentsOf: bytes[position..<end], at: position)
        case 3: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: position)
        default: bytes[position] ^= 1 << UInt8.random(in: 0...7, using: &random)
        }
    }
}

@Suite struct `Mutated requests` {
    private let seed = Soak.seed(9112)

    @Test func `none crashes the server, and none is read that was not sent`() async throws {
        let rounds = Soak.size(1500, soak: 50_000, "mutated requests")
        let seen = Noted<[String]>([])
        var mutation = RequestMutation(random: FixedRandom(seed: seed))
        try await withServer { request in
            seen.change { $0.append("\(request.method) \(request.target) HTTP/1.1\r\n") }
            return try await told(request)
        } _: { server in
            for _ in 0..<rounds {
                await Task.yield()
                let bytes = mutation.next()
                let whole = try answers(server, [bytes])
                let sent = String(decoding: bytes, as: Unicode.ASCII.self)
                #expect(seen.value.allSatisfy { sent.contains($0) }, "\(seed): \(bytes)")
                let before = seen.value
                seen.change { $0 = [] }
                let split = Int.random(in: 0...bytes.count, using: &mutation.random)
                let parted = try answers(server, [Array(bytes[..<split]), Array(bytes[split...])])
                #expect(
                    before == seen.value && whole == parted,
                    "\(seed): \(bytes) split at \(split): \(whole) \(parted)"
                )
                seen.change { $0 = [] }
            }
            let client = try Client(server.port)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply().status == 200)
        }
    }

    @Test func `wherever one is cut, it is read alike`() async throws {
        let seen = Noted<[String]>([])
        var mutation = RequestMutation(random: FixedRandom(seed: seed &+ 1))
        let cut = Soak.size(10, soak: 300, "mutated requests, each cut at every byte")
        let requests = RequestMutation.seeds + (0..<cut).map { _ in mutation.next() }
        try await withServer(loops: try Loops.single.get()) { request in
            guard request.target != "/turn" else { return .text("") }
            let answer = try await told(request)
            seen.change { $0.append("\(request.method) \(request.target)") }
            return answer
        } _: { server in
            let turn = try Client(server.port)
            for bytes in requests {
                let whole = try answers(server, [bytes])
                let read = seen.value
                seen.change { $0 = [] }
                for cut in 1..<max(2, bytes.count) {
                    await Task.yield()
                    let parted = try answers(
                        server, [Array(bytes[..<cut]), Array(bytes[cut...])], waiting: turn)
                    #expect(
                        parted == whole && seen.value == read, "\(seed): \(bytes) cut at \(cut)")
                    seen.change { $0 = [] }
                }
                let single = try answers(server, bytes.map { [$0] }, waiting: turn)
                #expect(single == whole && seen.value == read, "\(seed): \(bytes) byte by byte")
                seen.change { $0 = [] }
            }
        }
    }

    /// What was read, in a line of its own: the next answer's first line begins a line too, whether or not an
    /// interim answer (100) stands between the two.
    @Sendable private func told(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(limit: 1 << 20)
        return .text("\(request.method) \(request.target) \(String(decoding: body, as: UTF8.self))\r\n")
    }

    /// The status lines of all answers to bytes that are sent in pieces on one connection.
    ///
    /// A request on `turn` between two pieces, answered by the only loop, says that it has read the first.
    private func answers(_ server: Server, _ pieces: [[UInt8]], waiting turn: Client? = nil) throws
        -> [String]
    {
        let client = try Client(server.port)
        for (position, piece) in pieces.enumerated() {
            client.send(piece)
            guard let turn, position < pieces.count - 1 else { continue }
            turn.send("GET /turn HTTP/1.1\r\nHost: a\r\n\r\n")
            guard try turn.reply().status == 200 else { throw Client.Failure.ended }
        }
        client.finishSending()
        let lines = String(decoding: client.rest(), as: UTF8.self).split(separator: "\r\n")
        return lines.filter { $0.hasPrefix("HTTP/1.1 ") && !$0.hasPrefix("HTTP/1.1 100") }.map { String($0) }
    }
}
