import HTTP
import Loop
import Testing

@Suite struct `Reading heads` {
    @Test func `requests split at every byte are read alike`() async throws {
        let requests = Array(
            """
            POST /a%20b?c=d HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello\
            POST /chunks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\
            3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n\
            GET /last HTTP/1.1\r\nhost: x\r\n\r\n
            """.utf8)
        try await withServer(answering: echo) { server in
            for split in 1..<requests.count {
                let client = try Client(server.port)
                client.send(Array(requests[..<split]))
                client.send(Array(requests[split...]))
                #expect(try client.reply().text == "POST /a%20b?c=d hello")
                #expect(try client.reply().text == "POST /chunks abcde")
                #expect(try client.reply().text == "GET /last ")
            }
            let client = try Client(server.port)
            for byte in requests { client.send([byte]) }
            #expect(try client.reply().text == "POST /a%20b?c=d hello")
            #expect(try client.reply().text == "POST /chunks abcde")
            #expect(try client.reply().text == "GET /last ")
        }
    }

    @Test func `many pipelined requests are answered in order`() async throws {
        let loops = try Loops.single.get()
        try await withServer(loops: loops) { request in
            // Every third one lets the others in before it answers.
            if request.segments[0].hasSuffix("3") { await loops.loops[0].sleep(milliseconds: 0) }
            return .text(request.path)
        } _: { server in
            let client = try Client(server.port)
            client.send((0..<500).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for number in 0..<500 { #expect(try client.reply().text == "/\(number)") }
        }
    }

    @Test func `a head tells its parts`() async throws {
        try await withServer { request in
            let query = try request.query.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
            let facts = [
                request.method.name, request.path, request.segments.joined(separator: "|"),
                request.rawQuery ?? "none",
                query, request.headers["x-TEST"] ?? "none",
                request.headers.all("X-Test").joined(separator: "|"),
                request.headers.list("X-List").joined(separator: "|"), request.remoteAddress,
                "\(request.isKeepAlive)",
            ]
            return .text(facts.joined(separator: "\n"))
        } _: { server in
            let client = try Client(server.port)
            client.send(
                """
                PATCH /a%2Fb/../.%2e/%C3%A9//?q=a+b%26c&empty&=x HTTP/1.1\r\nHost: a:80\r\nX-Test: \t one \r\n\
                x-test:two\r\nX-List: a, b\r\nX-List: ,c\r\n\r\n
                """)
            #expect(
                try client.reply().text == """
                    PATCH
                    /a%2Fb/../.%2e/%C3%A9//
                    a/b|..|..|é||
                    q=a+b%26c&empty&=x
                    q=a b&c,empty=,=x
                    one
                    one|two
                    a|b|c
                    127.0.0.1
                    true
                    """)
        }
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "%ff=b", "a=%00", "a=%c3%28"])
    func `a query that is no text is refused where it is read`(_ query: String) async throws {
        try await withServer { request in
            .text("\(try request.query.count)")
        } _: { server in
            let client = try Client(server.port)
            client.send("GET /?\(query) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply().status == 400)
            client.send("GET /?a=b HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply().text == "1")
        }
    }

    @Test func `this host's whole address and the star of OPTIONS are taken`() async throws {
        try await withServer { request in
            .text("\(request.path)|\(request.segments)|\(request.rawQuery ?? "none")")
        } _: { server in
            let client = try Client(server.port)
            client.send("GET http://A:80/b?c HTTP/1.1\r\nHost: a:80\r\n\r\n")
            #expect(try client.reply().text == "/b|[\"b\"]|c")
            client.send("GET https://a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply().text == "|[]|none")
            client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply().text == "*|[\"*\"]|none")
        }
    }
}
