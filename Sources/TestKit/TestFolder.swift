internal import CLinux
internal import Glibc
internal import Kernel

/// Temporary folders and files of a test run.
public enum TestFolder {
    /// A new folder, removed when the tests end, unless `STRATIKEY_TEST_KEEP` is set.
    public static func make() throws -> String { try unique("\(root.get())/") }

    /// The folder of all folders of this process. Servers of other makes, which run as another account, go
    /// through it to their own.
    private static let root = Result { () throws -> String in
        let made = try unique("/tmp/stratikey-test-")
        chmod(made, 0o711)
        if getenv("STRATIKEY_TEST_KEEP") == nil { atexit { TestFolder.removeAll() } }
        return made
    }

    private static func unique(_ beginning: String) throws -> String {
        var template = Array("\(beginning)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw APIClientError.connection(errno) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func removeAll() {
        guard let root = try? root.get() else { return }
        _ = try? Program(["/bin/rm", "-rf", "--", root], environment: [:]).end()
    }

    /// The names in a folder, sorted.
    public static func files(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// A file's bytes, nil when it can't be read.
    public static func bytes(_ path: String) -> [UInt8]? {
        let file = linux_open_read(path)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &chunk, chunk.count)
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// A file's text.
    public static func text(_ path: String) -> String? {
        bytes(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file.
    public static func write(_ text: String, to path: String) throws {
        let file = linux_open_create(path, 0o600)
        guard file >= 0 else { throw APIClientError.connection(errno) }
        defer { close(file) }
        let bytes = Array(text.utf8)
        let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        guard count == bytes.count else { throw APIClientError.connection(errno) }
    }

    /// What servers under test write: warnings, or what `LOG_LEVEL` says.
    static var logLevel: Log.Level {
        getenv("LOG_LEVEL").flatMap { Log.Level(rawValue: String(cString: $0)) } ?? .error
    }
}
