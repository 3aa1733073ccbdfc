import TestKit
import Testing

/// Who may know whom: what an incremental build would let through.
@Suite struct BoundaryTests {
    private static let standard: Set<String> = [
        "Glibc", "Synchronization", "Testing", "FoundationEssentials", "Foundation",
    ]
    private let table = PackageTable()

    @Test func `the package's table is read`() {
        #expect(table.plugins.keys.contains("Sales"))
        #expect(table.dependencies["Wire"] == ["CLinux"])
        #expect(table.dependencies["Installation"]?.isSuperset(of: table.plugins.keys) == true)
        #expect(table.dependencies["GuideTests"]?.contains("TestKit") == true)
    }

    @Test func `sources import only what the package's table allows`() {
        for (target, folder) in targets() {
            let allowed = (table.dependencies[target] ?? []).union(Self.standard)
            for file in SourceTree.files(in: folder) {
                let strangers = file.imports.filter { !allowed.contains($0) && $0 != target }
                #expect(strangers == [], "\(file.path)")
            }
        }
    }

    @Test func `no plugin imports a sibling that it does not require`() {
        for (plugin, required) in table.plugins {
            let siblings = Set(table.plugins.keys).subtracting(required + [plugin])
            let files = SourceTree.files(in: "Sources/Plugins/\(plugin)")
            #expect(!files.isEmpty, "\(plugin)")
            for file in files { #expect(siblings.isDisjoint(with: file.imports), "\(file.path)") }
            // The manifest, which the registry checks at start, says the same as the table, which the
            // compiler checks.
            let manifest = SourceTree.text("Sources/Plugins/\(plugin)/Plugin.swift")
            for sibling in table.plugins.keys where sibling != plugin {
                #expect(
                    manifest.contains("\(sibling)Plugin.self") == required.contains(sibling),
                    "\(plugin), \(sibling)")
            }
        }
    }

    @Test func `the kernel knows no plugin, and nothing below it knows the kernel`() {
        let above = Set(table.plugins.keys).union(["Tenancy", "Billing", "Installation", "TestKit"])
        for file in SourceTree.files(in: "Sources/Kernel") {
            #expect(above.isDisjoint(with: file.imports), "\(file.path)")
        }
        for target in ["Wire", "Loop", "Crypto", "Postgres", "HTTP", "Mail", "Tabular"] {
            for file in SourceTree.files(in: "Sources/\(target)") {
                #expect(above.union(["Kernel"]).isDisjoint(with: file.imports), "\(file.path)")
            }
        }
    }

    @Test func `every folder of sources belongs to a target`() {
        let known = Set(targets().map(\.folder))
        for folder in SourceTree.folders(in: "Sources") where folder != "Plugins" && !folder.hasPrefix("C") {
            #expect(known.contains("Sources/\(folder)"), "\(folder)")
        }
        for folder in SourceTree.folders(in: "Sources/Plugins") {
            #expect(known.contains("Sources/Plugins/\(folder)"), "\(folder)")
        }
    }

    private func targets() -> [(target: String, folder: String)] {
        table.dependencies.keys.map { target in
            if table.plugins[target] != nil { return (target: target, folder: "Sources/Plugins/\(target)") }
            return (
                target: target, folder: target.hasSuffix("Tests") ? "Tests/\(target)" : "Sources/\(target)"
            )
        }
    }
}
