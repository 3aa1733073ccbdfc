internal import Glibc

/// A migration that only a test has, such as that of the guide's plugin.
public struct TestMigration: Sendable {
    /// As it stands in `migrations/order`.
    public let name: String
    public let text: String

    /// Names a file and its text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// A folder with the repository's migrations and these after them.
    static func folder(with more: [TestMigration]) throws -> String {
        let folder = try TestFolder.make()
        let order = TestFolder.text("\(TestDatabase.migrations)/order") ?? ""
        let names = order.split(separator: "\n").map(String.init)
        for name in names {
            try write(TestFolder.text("\(TestDatabase.migrations)/\(name)") ?? "", to: name, in: folder)
        }
        for migration in more { try write(migration.text, to: migration.name, in: folder) }
        try write((names + more.map(\.name)).joined(separator: "\n") + "\n", to: "order", in: folder)
        return folder
    }

    private static func write(_ text: String, to name: String, in folder: String) throws {
        if let module = name.split(separator: "/").dropLast().first { mkdir("\(folder)/\(module)", 0o700) }
        try TestFolder.write(text, to: "\(folder)/\(name)")
    }
}
