/// What `Package.swift` says of targets: which of the others each may import.
struct PackageTable {
    /// Names of targets by target; tests under `<name>Tests`.
    private(set) var dependencies: [String: Set<String>] = [:]
    /// The plugins with the siblings that each requires.
    private(set) var plugins: [String: [String]] = [:]

    /// What every plugin may import beside the siblings that it requires.
    static let offered: Set<String> = ["Kernel", "Tenancy", "Wire", "Postgres"]

    init() {
        let text = SourceTree.text("Package.swift").filter { !$0.isWhitespace }
        for match in text.matches(of: /\(name:"(\w+)",requires:\[([^\]]*)\]\)/) {
            plugins[String(match.1)] = Self.names(match.2)
        }
        for match in text.matches(of: /library\("(\w+)",\[([^\]]*)\](\+pluginNames)?/) {
            dependencies[String(match.1)] = Set(
                Self.names(match.2) + (match.3 == nil ? [] : Array(plugins.keys)))
        }
        for (name, required) in plugins { dependencies[name] = Self.offered.union(required) }
        for match in text.matches(of: /tests\("(\w+)",\[([^\]]*)\]/) {
            dependencies["\(match.1)Tests"] = Set(Self.names(match.2))
        }
        for match in text.matches(
            of: /(?:testTarget|executableTarget)\(name:"(\w+)",dependencies:\[([^\]]*)\]/)
        {
            dependencies[String(match.1)] = Set(Self.names(match.2))
        }
    }

    private static func names(_ list: Substring) -> [String] {
        list.split(separator: ",").map { $0.filter { $0 != "\"" } }
    }
}
