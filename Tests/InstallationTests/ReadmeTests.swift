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

        let ended = try Program(
            ["/usr/bin/timeout", "300", "/bin/bash", "\(folder)/minutes.sh"],
            environment: ["PATH": "/usr/bin:/bin"]
        ).end()
        try await platform.onLoop { await platform.worker.stop(grace: 5) }

        #expect(ended.status == 0, "\(ended.output)")
        #expect(ended.output.contains(#"["Won",4238,1000553400]"#))
        #expect(ended.output.contains(#"["Lost",2473,0]"#))
        #expect(ended.output.contains(#"["Engaging",1589,null]"#))
        #expect(ended.output.contains(#"["Prospecting",500,null]"#))
        #expect(ended.output.contains("GTXPro"))
        #expect(ended.output.hasSuffix("\n1\n"), "only the deal made by hand is left")
    }
}
