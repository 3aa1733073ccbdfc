import Glibc
import Installation
import Kernel
import TestKit
import Testing

/// The README's five minutes, run line by line against a server.
@Suite struct ReadmeTests {
    @Test func `every line of the five minutes works`() async throws {
        let readme = try #require(TestFolder.text("\(TestDatabase.repository)/README.md"))
        let start = try #require(readme.firstRange(of: "```sh\n"))
        let end = try #require(readme[start.upperBound...].firstRange(of: "```\n"))
        let platform = try await TestPlatform()
        try await platform.onLoop { await platform.worker.start() }
        let lines = readme[start.upperBound..<end.lowerBound]
            .replacing("http://localhost:8080", with: "http://localhost:\(platform.port)")
        let folder = try TestFolder.make()
        try TestFolder.write(
            "set -euo pipefail\ncd '\(TestDatabase.repository)'\n\(lines)", to: "\(folder)/minutes.sh")

        let output = try Shell.run("timeout 300 bash \(folder)/minutes.sh 2>&1")
        try await platform.onLoop { await platform.worker.stop(grace: 5) }

        #expect(output.status == 0, "\(output.text)")
        #expect(output.text.contains(#"["Won",4238,1000553400]"#))
        #expect(output.text.contains(#"["Lost",2473,0]"#))
        #expect(output.text.contains(#"["Engaging",1589,null]"#))
        #expect(output.text.contains(#"["Prospecting",500,null]"#))
        #expect(output.text.contains("GTXPro"))
        #expect(output.text.hasSuffix("\n1\n"), "only the deal made by hand is left")
    }
}

/// Runs a line of shell and takes what it prints.
enum Shell {
    static func run(_ line: String) throws -> (status: Int32, text: String) {
        let pipe = try #require(popen(line, "r"))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&chunk, 1, chunk.count, pipe)
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        let status = pclose(pipe)
        return (status: status >> 8, text: String(decoding: bytes, as: UTF8.self))
    }
}
