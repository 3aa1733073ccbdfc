import Glibc
import TestKit
import Testing
import Wire

/// Documents that many share, as they are and compressed.
@Suite struct DocumentFormTests {
    private let paths = ["meta", "openapi.json", "/api/docs", "/api/docs/docs.js"]

    @Test func `who takes gzip gets it, and what is in it is what others get`() async throws {
        let company = try await ApiPlatform.company()
        for path in paths {
            let plain = try company.send("GET", path)
            #expect(plain.header("content-encoding") == nil, "\(path)")
            #expect(varies(plain), "\(path)")
            for accepted in ["gzip", "br, gzip;q=0.5", "*", "deflate, GZIP"] {
                let answer = try company.send("GET", path, headers: ["Accept-Encoding": accepted])
                #expect(answer.status == 200)
                #expect(answer.header("content-encoding") == "gzip", "\(path): \(accepted)")
                #expect(answer.header("content-type") == plain.header("content-type"))
                #expect(varies(answer), "\(path)")
                #expect(answer.bytes.count * 2 < plain.bytes.count, "\(path)")
                #expect(try inflated(answer.bytes) == plain.text, "\(path)")
            }
            for refused in ["gzip;q=0", "gzip;q=0.000, *", "identity", "br", "*;q=0", ""] {
                let answer = try company.send("GET", path, headers: ["Accept-Encoding": refused])
                #expect(answer.header("content-encoding") == nil, "\(path): \(refused)")
                #expect(answer.bytes == plain.bytes, "\(path): \(refused)")
            }
        }
    }

    @Test func `each form has a tag of its own, by which it is not sent again`() async throws {
        let company = try await ApiPlatform.company()
        for path in paths {
            let plain = try company.send("GET", path)
            let small = try company.send("GET", path, headers: ["Accept-Encoding": "gzip"])
            let (tag, smallTag) = (
                try #require(plain.header("etag")), try #require(small.header("etag"))
            )
            #expect(tag != smallTag)
            for (accepted, sent, status) in [
                ("gzip", smallTag, 304), ("gzip", "W/\(smallTag)", 304), ("gzip", tag, 200),
                ("identity", tag, 304), ("identity", smallTag, 200), ("gzip", "*", 304),
            ] {
                let headers = ["Accept-Encoding": accepted, "If-None-Match": sent]
                let answer = try company.send("GET", path, headers: headers)
                #expect(answer.status == status, "\(path): \(headers)")
                #expect(answer.header("etag") == (accepted == "gzip" ? smallTag : tag))
                #expect(varies(answer), "\(path)")
                guard status == 304 else { continue }
                #expect(answer.bytes.isEmpty && answer.header("content-encoding") == nil, "\(path)")
            }
        }
    }

    @Test func `HEAD tells the length of the form that GET would send`() async throws {
        let company = try await ApiPlatform.company()
        for path in paths {
            for accepted in ["gzip", "identity"] {
                let headers = ["Accept-Encoding": accepted]
                let get = try company.send("GET", path, headers: headers)
                let head = try company.send("HEAD", path, headers: headers)
                #expect(head.bytes.isEmpty)
                for name in ["content-length", "content-encoding", "etag"] {
                    #expect(head.header(name) == get.header(name), "\(path): \(name)")
                }
            }
        }
    }

    /// What gzip itself makes of the bytes.
    private func inflated(_ bytes: [UInt8]) throws -> String {
        let path = "\(try TestFolder.make())/body.gz"
        let file = try #require(fopen(path, "w"))
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        return try Program.output(of: ["/usr/bin/gzip", "-dc", path])
    }

    private func varies(_ answer: APIResponse) -> Bool {
        answer.headers.contains { $0.name == "vary" && $0.value == "Accept-Encoding" }
    }
}
