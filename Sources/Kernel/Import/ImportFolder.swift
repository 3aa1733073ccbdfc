internal import CLinux
internal import Glibc
internal import Wire

/// Where an organization's imported files lie: `<data>/imports/<organization>/<import>`.
struct ImportFolder {
    private let folder: String

    /// Makes the folder where it is not there.
    init(_ context: Context) throws(Problem) {
        let root = Self.root(context)
        folder = Self.path(of: try context.organization(), context)
        for path in [root, folder] where mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw Problem(503, "storage_full", headers: [("Retry-After", "60")])
        }
    }

    /// An import's own file.
    func path(of id: UUIDv7) -> String { "\(folder)/\(id)" }

    private static func root(_ context: Context) -> String {
        "\(context.runtime.configuration.dataDirectory)/imports"
    }

    /// Where an organization's files lie, whether or not there are any.
    static func path(of organization: UUIDv7, _ context: Context) -> String {
        "\(root(context))/\(organization)"
    }

    /// The files of a folder that nobody has written to since a moment, by the import that each is named for;
    /// for the threads for blocking work.
    static func files(in folder: String, before moment: Instant) -> [UUIDv7: String] {
        guard let directory = opendir(folder) else { return [:] }
        defer { closedir(directory) }
        var files: [UUIDv7: String] = [:]
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            var info = stat()
            guard let id = UUIDv7(name), stat("\(folder)/\(name)", &info) == 0,
                Int64(info.st_mtim.tv_sec) * 1000 < moment.milliseconds
            else { continue }
            files[id] = "\(folder)/\(name)"
        }
        return files
    }
}

/// Copies files in blocks; for the threads for blocking work.
enum FileCopy {
    /// Copies a plain file and gives its length; refuses one that is longer than `limit`.
    static func copy(_ source: String, to target: String, limit: Int64) throws(Problem) -> Int64 {
        let input = linux_open_read(source)
        guard input >= 0 else { throw Problem(422, "file_unreadable") }
        defer { close(input) }
        let output = linux_open_create(target, 0o600)
        guard output >= 0 else { throw Problem(503, "storage_full") }
        defer { close(output) }
        var block = [UInt8](repeating: 0, count: 1 << 20)
        var size: Int64 = 0
        while true {
            let count = block.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw Problem(422, "file_unreadable") }
            if count == 0 { return size }
            size += Int64(count)
            guard size <= limit else {
                throw Problem(
                    413, "too_large", ["maximum": "\(limit)"],
                    members: [(key: "maximum", value: .number(JSONNumber(limit)))])
            }
            var written = 0
            while written < count {
                let step = block.withUnsafeBytes {
                    write(output, $0.baseAddress?.advanced(by: written), count - written)
                }
                guard step > 0 else { throw Problem(503, "storage_full") }
                written += step
            }
        }
    }

    /// Removes a file, if it is there.
    static func remove(_ path: String) { unlink(path) }

    /// The last part of a path.
    static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
