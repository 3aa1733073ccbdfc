internal import Crypto
internal import Wire

/// One file of the schema's history. Once applied anywhere it is never edited.
public struct Migration: Sendable, Hashable {
    /// Its path below the folder, such as `kernel/0001_roles.sql`: its line in `order`.
    public let name: String
    /// Its statements.
    public let text: String
    /// SHA-256 of the text, in hexadecimal.
    public let checksum: String

    init(name: String, text: String) {
        self.name = name
        self.text = text
        checksum = Hex.encode(sha256(Array(text.utf8)))
    }

    /// Whether it runs with the rights of the connection, since it makes roles and extensions: its first line
    /// says `-- as: superuser`. All others run as the tables' owner.
    var runsAsSuperuser: Bool { text.hasPrefix("-- as: superuser\n") }
}
