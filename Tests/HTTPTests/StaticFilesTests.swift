import Glibc
import HTTP
import TestKit
import Testing

/// A folder of files.
struct Folder {
    let path: String

    init() throws { path = try TestFolder.make() }

    func write(_ name: String, _ text: String) throws { try TestFolder.write(text, to: "\(path)/\(name)") }
}

@Suite struct `Serving files` {
    private let folder: Folder

    init() throws { folder = try Folder() }

    /// One request to a server of the folder's `public` subfolder.
    private func ask(_ requests: [String], _ check: ([Client.Reply]) throws -> Void) async throws {
        mkdir("\(folder.path)/public", 0o755)
        mkdir("\(folder.path)/public/sub", 0o755)
        try folder.write("secret.txt", "secret")
        try folder.write("public/a.txt", "0123456789")
        try folder.write("public/sub/index.html", "<p>")
        try folder.write("public/empty", "")
        try folder.write("public/.hidden", "hidden")
        symlink("\(folder.path)/secret.txt", "\(folder.path)/public/link.txt")
        symlink("\(folder.path)", "\(folder.path)/public/up")
        let files = try StaticFiles(folder: "\(folder.path)/public") {
            $0.first == "sub" ? "max-age=9" : "no-cache"
        }
        try await withServer { request in
            files.respond(to: request, at: request.segments) ?? .text("none", status: 404)
        } _: { server in
            let client = try Client(server.port)
            var replies: [Client.Reply] = []
            for request in requests {
                client.send(request.replacing("\n", with: "\r\n"))
                replies.append(try client.reply(toHead: request.hasPrefix("HEAD")))
            }
            try check(replies)
        }
    }

    private func get(_ path: String, _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\nHost: a\n\(fields.isEmpty ? "" : fields + "\n")\n"
    }

    @Test func `a file is sent whole with what a cache needs`() async throws {
        try await ask([
            get("/a.txt"), get("/sub/index.html"), get("/empty"), "HEAD /a.txt HTTP/1.1\nHost: a\n\n",
        ]) {
            #expect($0[0].text == "0123456789")
            #expect($0[0]["Content-Type"] == "text/plain; charset=utf-8")
            #expect($0[0]["ETag"]?.hasPrefix("\"") == true)
            #expect($0[0]["Last-Modified"]?.hasSuffix("GMT") == true)
            #expect($0[0]["Vary"] == "Accept-Encoding")
            #expect($0[0]["Cache-Control"] == "no-cache")
            #expect($0[1].text == "<p>" && $0[1]["Cache-Control"] == "max-age=9")
            #expect($0[2].status == 200 && $0[2].body.isEmpty)
            #expect($0[3]["Content-Length"] == "10" && $0[3]["ETag"] == $0[0]["ETag"])
        }
    }

    @Test(arguments: [
        "/../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/sub/../../secret.txt",
        "/sub%2findex.html",
        "/link.txt", "/up/secret.txt", "/up/public/a.txt", "/.hidden", "/sub", "/", "/a.txt/", "//a.txt",
        "/nothing",
        "/./a.txt", "/sub/%2e%2e/a.txt", "/..%5csecret.txt", "/%2fetc%2fpasswd",
    ])
    func `no path leaves the folder`(_ path: String) async throws {
        try await ask([get(path)]) { #expect($0[0].status == 404) }
    }

    @Test(arguments: [
        ("bytes=0-3", "0123", "bytes 0-3/10"), ("bytes=7-", "789", "bytes 7-9/10"),
        ("bytes=-2", "89", "bytes 8-9/10"), ("bytes=5-99", "56789", "bytes 5-9/10"),
        ("bytes=-99", "0123456789", "bytes 0-9/10"), ("BYTES=9-9", "9", "bytes 9-9/10"),
    ])
    func `a range is sent alone`(_ range: String, _ text: String, _ field: String) async throws {
        try await ask([get("/a.txt", "Range: \(range)"), get("/a.txt")]) {
            #expect($0[0].status == 206)
            #expect($0[0].text == text)
            #expect($0[0]["Content-Range"] == field)
            #expect($0[1].text == "0123456789")
        }
    }

    @Test(arguments: ["bytes=10-", "bytes=-0", "bytes=99-100"])
    func `a range outside the file is not satisfiable`(_ range: String) async throws {
        try await ask([get("/a.txt", "Range: \(range)")]) {
            #expect($0[0].status == 416)
            #expect($0[0]["Content-Range"] == "bytes */10")
        }
    }

    @Test(arguments: [
        "bytes=3-1", "bytes=a-b", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=+1-2", "bytes",
    ])
    func `what is no single range is ignored`(_ range: String) async throws {
        try await ask([get("/a.txt", "Range: \(range)")]) {
            #expect($0[0].status == 200)
            #expect($0[0].text == "0123456789")
        }
    }

    @Test func `conditions are heeded`() async throws {
        var (tag, date) = ("", "")
        let old = "Sun, 06 Nov 1994 08:49:37 GMT"
        try folder.write("kept.txt", "kept")
        let files = try StaticFiles(folder: folder.path)
        try await withServer { request in
            files.respond(to: request, at: request.segments) ?? .text("none", status: 404)
        } _: { server in
            let client = try Client(server.port)
            func status(_ fields: String) throws -> Int {
                client.send(get("/kept.txt", fields).replacing("\n", with: "\r\n"))
                let reply = try client.reply()
                (tag, date) = (reply["ETag"] ?? tag, reply["Last-Modified"] ?? date)
                return reply.status
            }
            #expect(try status("") == 200)
            #expect(try status("If-None-Match: \(tag)") == 304)
            #expect(try status("If-None-Match: \"x\", W/\(tag)") == 304)
            #expect(try status("If-None-Match: *") == 304)
            #expect(try status("If-None-Match: \"x\"\nIf-Modified-Since: \(date)") == 200)
            #expect(try status("If-Modified-Since: \(date)") == 304)
            #expect(try status("If-Modified-Since: \(old)") == 200)
            #expect(try status("If-Modified-Since: yesterday") == 200)
            #expect(try status("If-Match: \"x\"") == 412)
            #expect(try status("If-Match: \(tag)") == 200)
            #expect(try status("If-Unmodified-Since: \(old)") == 412)
            #expect(try status("Range: bytes=0-1\nIf-Range: \(tag)") == 206)
            #expect(try status("Range: bytes=0-1\nIf-Range: \"x\"") == 200)
            #expect(try status("Range: bytes=0-1\nIf-Range: \(date)") == 206)
        }
    }

    @Test func `a compressed file beside it is sent to those who take it`() async throws {
        mkdir("\(folder.path)/public", 0o755)
        try folder.write("public/app.js", "plain")
        try folder.write("public/app.js.br", "brotli")
        try folder.write("public/app.js.gz", "gzip")
        let requests = [
            "br, gzip", "gzip", "gzip;q=1, br;q=0", "*", "identity", "br;q=0.0, gzip;q=0", "", "deflate",
        ]
        .map { get("/app.js", "Accept-Encoding: \($0)") }
        try await ask(requests) {
            #expect(
                $0.map(\.text) == ["brotli", "gzip", "gzip", "brotli", "plain", "plain", "plain", "plain"])
            #expect($0[0]["Content-Encoding"] == "br" && $0[4]["Content-Encoding"] == nil)
            #expect(Set($0.map { $0["ETag"] }).count == 3)
            #expect($0.allSatisfy { $0["Content-Type"] == "text/javascript; charset=utf-8" })
        }
    }

    @Test func `a large file is sent while others are served`() async throws {
        try folder.write("large.bin", String(repeating: "0123456789abcdef", count: 1 << 20))
        let path = "\(folder.path)/large.bin"
        try await withServer { request in
            request.path == "/large" ? Response(status: 200, body: try .file(path: path)) : .text("small")
        } _: { server in
            let slow = try Client(server.port, receiveBuffer: 4096)
            slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\nGET /small HTTP/1.1\r\nHost: a\r\n\r\n")
            let other = try Client(server.port)
            other.send("GET /small HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try other.reply().text == "small")
            let reply = try slow.reply()
            #expect(reply.body.count == 16 << 20)
            #expect(reply.body.suffix(16).elementsEqual("0123456789abcdef".utf8))
            #expect(try slow.reply().text == "small")
        }
    }
}
