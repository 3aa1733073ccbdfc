internal import CLinux
internal import Glibc

/// The folder with the schema's history: the file `order`, one name per line, is the order of all modules'
/// files.
public struct MigrationFolder: Sendable {
    /// Where it is.
    public let path: String

    /// A folder by its path.
    public init(path: String) { self.path = path }

    /// Every migration in order; throws when `order` or a file that it names can't be read.
    public func migrations() throws(MigrationFault) -> [Migration] {
        var migrations: [Migration] = []
        for line in try Self.read("\(path)/order", named: "order").split(separator: "\n") where !line.isEmpty
        {
            let name = String(line)
            guard !name.hasPrefix("/"), !name.contains("..") else { throw .unreadable(name) }
            migrations.append(Migration(name: name, text: try Self.read("\(path)/\(name)", named: name)))
        }
        return migrations
    }

    private static func read(_ path: String, named name: String) throws(MigrationFault) -> String {
        let file = linux_open_read(path)
        guard file >= 0 else { throw .unreadable(name) }
        defer { close(file) }
        var bytes: [UInt8] = []
        while true {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = Glibc.read(file, &chunk, chunk.count)
            if count == 0 { break }
            guard count > 0 else { throw .unreadable(name) }
            bytes += chunk[..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable(name) }
        return text
    }
}
