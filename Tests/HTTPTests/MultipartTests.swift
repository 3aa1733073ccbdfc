import Glibc
import HTTP
import Testing

@Suite struct `Reading forms` {
    private static let form = """
        ignored\r\n--b0\r\nContent-Disposition: form-data; name="entity"\r\n\r\nopportunity\r\n\
        --b0 \t\r\ncontent-disposition: FORM-DATA; name="f%22ile"; filename="C:\\dir\\../é.csv"\r\n\
        Content-Type: text/csv\r\nX-Other: y\r\n\r\na,b\r\n--b\r\n\r--b0\r\n\r\n\r\n\
        --b0\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--b0--\r\nepilogue
        """

    /// Describes each part in a line.
    private static func describe(_ request: Request, _ limits: Multipart.Limits) async throws -> Response {
        let form = try Multipart(request, limits: limits)
        var lines: [String] = []
        while let part = try await form.next() {
            let text = String(decoding: try await part.collect(limit: 100), as: UTF8.self)
            let file = "\(part.filename ?? "none") \(part.contentType ?? "none")"
            lines.append("\(part.name) \(file) \(text.debugDescription)")
        }
        return .text(lines.joined(separator: "\n"))
    }

    private func withForms(
        _ limits: Multipart.Limits = Multipart.Limits(), _ body: (Client) throws -> Void
    ) async throws {
        try await withServer { request in
            try await Self.describe(request, limits)
        } _: { server in
            try body(try Client(server.port))
        }
    }

    private func head(_ length: Int, type: String = "multipart/form-data; boundary=b0") -> String {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\n\r\n"
    }

    private static let described = """
        entity none none "opportunity"
        f"ile é.csv text/csv "a,b\\r\\n--b\\r\\n\\r--b0\\r\\n\\r\\n"
        empty none none ""
        """

    @Test func `a form is read alike wherever it is split`() async throws {
        let bytes = Array(Self.form.utf8)
        try await withForms { (client) throws in
            for split in stride(from: 1, to: bytes.count, by: 1) {
                client.send(Array((head(bytes.count)).utf8) + bytes[..<split])
                client.send(Array(bytes[split...]))
                #expect(try client.reply().text == Self.described)
            }
        }
    }

    @Test func `a form in chunks of one byte is read alike`() async throws {
        try await withForms { (client) throws in
            let head = head(0).replacing("Content-Length: 0", with: "Transfer-Encoding: chunked")
            client.send(Array(head.utf8) + Self.form.utf8.flatMap { Array("1\r\n".utf8) + [$0, 13, 10] })
            client.send("0\r\n\r\n")
            #expect(try client.reply().text == Self.described)
        }
    }

    @Test(arguments: [
        "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=b0",
        "multipart/form-data; boundary=\(String(repeating: "b", count: 71))",
        "multipart/form-data; boundary=\"b",
        "multipart/form-data; boundary=a; boundary=b",
    ])
    func `what is no form is refused`(_ type: String) async throws {
        try await withForms { (client) throws in
            client.send(head(3, type: type) + "abc")
            #expect(try client.reply().status == 415)
        }
    }

    @Test(arguments: [
        "", "abc", "--b0", "--b0\r\n\r\nx\r\n--b0--", "--b0x\r\n",
        "--b0\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
        "--b0\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b0",
        "--b0\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b0--",
        "--b0\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b0--",
        "--b0\r\nContent-Disposition : form-data; name=a\r\n\r\nx\r\n--b0--",
        "--b0\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\nx\r\n--b0--",
    ])
    func `a malformed form is refused`(_ body: String) async throws {
        try await withForms { (client) throws in
            client.send(head(body.utf8.count) + body)
            #expect(try client.reply().status == 400)
        }
    }

    @Test func `parts, heads and sizes are bounded`() async throws {
        var limits = Multipart.Limits()
        (limits.parts, limits.head, limits.total) = (2, 200, 1000)
        let part = "--b0\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n"
        try await withForms(limits) { (client) throws in
            func status(_ body: String) throws -> Int {
                client.send(head(body.utf8.count) + body)
                return try client.reply().status
            }
            #expect(try status("\(part)\(part)--b0--") == 200)
            #expect(try status("\(part)\(part)\(part)--b0--") == 413)
            let long = String(repeating: "y", count: 300)
            #expect(
                try status("--b0\r\nX: \(long)\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b0--")
                    == 400)
            #expect(
                try status("--b0\r\nContent-Disposition: form-data; name=a\r\n\r\n\(long)\r\n--b0--") == 413)
            #expect(try status(String(repeating: "z", count: 1001)) == 413)
        }
    }

    @Test func `a file in a form is saved while the parts around it are read or skipped`() async throws {
        let path = "/tmp/http-part-\(getpid())"
        defer { unlink(path) }
        let file = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 2) }
        try await withServer { request in
            let form = try Multipart(request)
            var saved: Int64 = 0
            while let part = try await form.next() {
                if part.name == "file" { saved = try await part.save(to: path, limit: 4_000_000) }
            }
            return .text("\(saved)")
        } _: { server in
            let skipped =
                "--b0\r\nContent-Disposition: form-data; name=a\r\n\r\n\(String(repeating: "x", count: 200_000))"
            let start = "\r\n--b0\r\nContent-Disposition: form-data; name=file; filename=f\r\n\r\n"
            let body = Array((skipped + start).utf8) + file + Array("\r\n\(skipped)\r\n--b0--\r\n".utf8)
            let client = try Client(server.port)
            client.send(Array(head(body.count).utf8) + body)
            #expect(try client.reply().text == "3000000")
        }
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        var saved = [UInt8](repeating: 0, count: file.count + 1)
        #expect(read(descriptor, &saved, saved.count) == file.count)
        #expect(saved.dropLast() == file[...])
    }
}
