import HTTP
import Testing

/// Requests that must never reach a responder, each with the code that it is refused with.
struct Refused: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let refusal: Refusal
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ refusal: Refusal) {
        (self.name, bytes, self.refusal) = (name, Array(text.utf8), refusal)
    }

    static let all: [Refused] = [
        Refused("no Host", "GET / HTTP/1.1\r\nA: b\r\n\r\n", .missingHost),
        Refused("an empty Host", "GET / HTTP/1.1\r\nHost: \r\n\r\n", .missingHost),
        Refused("a second Host", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .repeatedHost),
        Refused("a Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .invalidHost),
        Refused("space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", .invalidHeaderName),
        Refused("space before the length's colon", post("Content-Length : 3\r\n", "abc"), .invalidHeaderName),
        Refused("no colon", "GET / HTTP/1.1\r\nHost a\r\n\r\n", .invalidHeaderName),
        Refused("an empty name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", .invalidHeaderName),
        Refused("a name with a slash", "GET / HTTP/1.1\r\nHost: a\r\na/b: c\r\n\r\n", .invalidHeaderName),
        Refused("a folded line", "GET / HTTP/1.1\r\nHost: a\r\nB: c\r\n d\r\n\r\n", .foldedLine),
        Refused("a fold in the first field", "GET / HTTP/1.1\r\n\tHost: a\r\n\r\n", .foldedLine),
        Refused("NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nB: c\0d\r\n\r\n", .controlCharacter),
        Refused("NUL in a name", "GET / HTTP/1.1\r\nHost: a\r\nB\0: c\r\n\r\n", .controlCharacter),
        Refused("DEL in a value", "GET / HTTP/1.1\r\nHost: a\r\nB: c\u{7f}d\r\n\r\n", .controlCharacter),
        Refused("a bell in the target", "GET /\u{7} HTTP/1.1\r\nHost: a\r\n\r\n", .controlCharacter),
        Refused("a bare line feed", "GET / HTTP/1.1\nHost: a\n\n", .bareLineFeed),
        Refused("a bare line feed in a field", "GET / HTTP/1.1\r\nHost: a\nB: c\r\n\r\n", .bareLineFeed),
        Refused("a bare line feed at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
        Refused("a bare carriage return", "GET / HTTP/1.1\r\nHost: a\rB: c\r\n\r\n", .bareCarriageReturn),
        Refused("a bare return in the line", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", .bareCarriageReturn),
        Refused("two lengths", post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), .ambiguousLength),
        Refused(
            "two different lengths", post("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"),
            .ambiguousLength),
        Refused(
            "a length and chunks", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            .ambiguousLength),
        Refused(
            "chunks and a length", post("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", "0\r\n\r\n"),
            .ambiguousLength),
        Refused("a length with a sign", post("Content-Length: +3\r\n", "abc"), .invalidLength),
        Refused("a negative length", post("Content-Length: -3\r\n", "abc"), .invalidLength),
        Refused("a list of lengths", post("Content-Length: 3, 3\r\n", "abc"), .invalidLength),
        Refused("a length with a space", post("Content-Length: 3 3\r\n", "abc"), .invalidLength),
        Refused("a length in hexadecimal", post("Content-Length: 0x3\r\n", "abc"), .invalidLength),
        Refused("an empty length", post("Content-Length:\r\n", "abc"), .invalidLength),
        Refused(
            "a length past all numbers", post("Content-Length: 99999999999999999999\r\n", ""), .invalidLength),
        Refused("another coding", post("Transfer-Encoding: gzip\r\n", ""), .unsupportedCoding),
        Refused(
            "a coding beside chunked", post("Transfer-Encoding: gzip, chunked\r\n", ""), .unsupportedCoding),
        Refused("a disguised coding", post("Transfer-Encoding: xchunked\r\n", ""), .unsupportedCoding),
        Refused("a quoted coding", post("Transfer-Encoding: \"chunked\"\r\n", ""), .unsupportedCoding),
        Refused(
            "chunked twice",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            .repeatedCoding),
        Refused(
            "another expectation", post("Content-Length: 3\r\nExpect: tea\r\n", ""), .unsupportedExpectation),
        Refused("HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", .unsupportedVersion),
        Refused("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\n", .unsupportedVersion),
        Refused("a version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", .invalidRequestLine),
        Refused("a version with more digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", .invalidRequestLine),
        Refused("no version", "GET /\r\nHost: a\r\n\r\n", .invalidRequestLine),
        Refused("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidRequestLine),
        Refused("a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", .invalidRequestLine),
        Refused("a space at the line's end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", .invalidRequestLine),
        Refused("a space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", .invalidRequestLine),
        Refused("a TLS greeting", "\u{16}\u{3}\u{1}", .invalidRequestLine),
        Refused(
            "a long method", "\(String(repeating: "A", count: 40)) / HTTP/1.1\r\nHost: a\r\n\r\n",
            .invalidRequestLine),
        Refused("a target without a slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("a star for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("a tunnel", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", .invalidTarget),
        Refused("another host's address", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("an address with a user", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("half an escape", "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("an escape that is none", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("an escape across a slash", "GET /%4/1 HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("an escaped NUL", "GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("broken UTF-8", "GET /%c3%28 HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("an overlong slash", "GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused("a surrogate", "GET /%ed%a0%80 HTTP/1.1\r\nHost: a\r\n\r\n", .invalidTarget),
        Refused(
            "a long head", "GET / HTTP/1.1\r\nHost: a\r\nB: \(String(repeating: "c", count: 20_000))\r\n\r\n",
            .headTooLarge),
        Refused("a long line", "GET /\(String(repeating: "c", count: 20_000))", .headTooLarge),
        Refused(
            "many fields", "GET / HTTP/1.1\r\nHost: a\r\n\(String(repeating: "B: c\r\n", count: 100))\r\n",
            .headTooLarge),
        Refused("a body over the server's limit", post("Content-Length: 2000000000\r\n", ""), .bodyTooLarge),
    ]

    private static func post(_ fields: String, _ body: String) -> String {
        "POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\(body)"
    }
}

@Suite struct `Refusing requests` {
    @Test(arguments: Refused.all)
    func `a malformed request is answered with its reason and ends the connection`(_ refused: Refused)
        async throws
    {
        let asked = Noted(0)
        try await withServer { request in
            asked.change { $0 += 1 }
            return try await echo(request)
        } _: { server in
            let client = try Client(server.port)
            client.send(refused.bytes + Array("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            let reply = try client.reply()
            #expect(reply.status == refused.refusal.status)
            #expect(reply.text == refused.refusal.rawValue)
            #expect(reply["Connection"] == "close")
            #expect(client.isEnded)
        }
        #expect(asked.value == 0)
    }

    @Test func `the reason has the status of its kind`() {
        #expect(Refusal.unsupportedVersion.status == 505)
        #expect(Refusal.unsupportedCoding.status == 501)
        #expect(Refusal.headTooLarge.status == 431)
        #expect(Refusal.bodyTooLarge.status == 413)
        #expect(Refusal.unsupportedExpectation.status == 417)
        #expect(Refusal.ambiguousLength.status == 400)
    }

    @Test(arguments: [
        "3 \r\nabc\r\n0\r\n\r\n", "+3\r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n", "3\r\nabc\n0\r\n\r\n", "\r\nabc\r\n0\r\n\r\n", "g\r\n",
        "ffffffffffffffff\r\n",
        "3;a\u{0}b\r\nabc\r\n0\r\n\r\n", "0\r\nA : b\r\n\r\n", "0\r\n folded\r\n\r\n", "0\r\nA: b\n\r\n",
        "-1\r\n",
    ])
    func `malformed chunks are refused`(_ body: String) async throws {
        try await withServer(answering: echo) { server in
            let client = try Client(server.port)
            client.send(
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)GET / HTTP/1.1\r\n")
            let reply = try client.reply()
            #expect(reply.status == 400)
            #expect(reply["Connection"] == "close")
            #expect(client.isEnded)
        }
    }
}
