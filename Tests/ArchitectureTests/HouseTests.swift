import TestKit
import Testing

/// The rules of the house that a machine can judge.
@Suite struct HouseTests {
    private let sources = SourceTree.files(in: "Sources") + SourceTree.files(in: "Tests")

    @Test func `no file has more than 400 lines`() {
        #expect(sources.count > 300)
        let scripts = SourceTree.files(in: "migrations", ending: ".sql")
        for file in sources + scripts { #expect(file.lines.count <= 400, "\(file.path)") }
    }

    @Test func `no file is named for what it is not`() {
        let words = ["Manager", "Helper", "Util", "Service", "Base", "Impl", "Common"]
        for file in sources {
            let name = file.path.split(separator: "/").last.map { $0.dropLast(6) } ?? ""
            for word in words {
                #expect(!name.hasSuffix(word) && !name.hasSuffix("\(word)s"), "\(file.path)")
            }
        }
    }

    @Test func `every statement names its columns`() {
        for file in SourceTree.files(in: "Sources") + SourceTree.files(in: "migrations", ending: ".sql") {
            let text = file.text.lowercased()
            #expect(!text.contains("select *"), "\(file.path)")
        }
    }

    @Test func `nothing is left unfinished`() {
        for file in sources where !file.path.hasSuffix("HouseTests.swift") {
            for mark in ["TODO", "FIXME", "XXX:", "try!", " as! "] {
                #expect(!file.text.contains(mark), "\(file.path): \(mark)")
            }
        }
    }

    @Test func `the map names every folder of the sources`() {
        let rows = SourceTree.text("docs/map.md").split(separator: "\n").filter {
            $0.hasPrefix("| `Sources/")
        }
        func names(_ folder: String, _ name: String) -> Bool {
            rows.contains { row in
                row.contains("`\(folder)/\(name)`")
                    || (row.contains("`\(folder)/") && row.contains(", `\(name)`"))
            }
        }
        for folder in SourceTree.folders(in: "Sources") where folder != "Plugins" && folder != "Kernel" {
            #expect(names("Sources", folder) || folder.hasPrefix("C"), "\(folder)")
        }
        for folder in SourceTree.folders(in: "Sources/Plugins") {
            #expect(names("Sources/Plugins", folder), "\(folder)")
        }
        for folder in SourceTree.folders(in: "Sources/Kernel") where folder != "Messages" {
            #expect(names("Sources/Kernel", folder), "\(folder)")
        }
    }

    @Test func `every migration stands in the order, and every one in the order is there`() {
        let order = SourceTree.text("migrations/order").split(separator: "\n").map(String.init)
        let files = SourceTree.files(in: "migrations", ending: ".sql").map {
            String($0.path.dropFirst("migrations/".count))
        }
        #expect(Set(order) == Set(files))
        #expect(Set(order).count == order.count)
    }
}
