internal import CLinux
internal import Glibc

/// The few things that a private cluster does with files.
enum ClusterFiles {
    /// A small file as text; nil when it can't be read.
    static func read(_ path: String) -> String? {
        let file = linux_open_read(path)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { return nil }
        return String(validating: bytes[..<count], as: UTF8.self)
    }

    /// Puts a file in place as a whole, readable by its owner alone.
    static func write(_ text: String, to path: String, owner: uid_t, group: gid_t) throws(ClusterFault) {
        let draft = "\(path).\(getpid())"
        let file = linux_open_create(draft, 0o600)
        guard file >= 0 else { throw .noAccess(path) }
        let bytes = Array(text.utf8)
        let isWritten =
            Glibc.write(file, bytes, bytes.count) == bytes.count
            && (geteuid() != 0 || fchown(file, owner, group) == 0) && fsync(file) == 0
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            unlink(draft)
            throw .noAccess(path)
        }
    }

    /// Makes a directory and those above it; one that is there stays as it is.
    static func makeDirectory(_ path: String, mode: mode_t) throws(ClusterFault) {
        var info = stat()
        if stat(path, &info) == 0 {
            guard info.st_mode & S_IFMT == S_IFDIR else { throw .noAccess(path) }
            return
        }
        let above = path.split(separator: "/").dropLast().joined(separator: "/")
        if !above.isEmpty { try makeDirectory(path.hasPrefix("/") ? "/\(above)" : above, mode: 0o755) }
        guard mkdir(path, mode) == 0 || errno == EEXIST else { throw .noAccess(path) }
    }

    /// The names in a directory, sorted; none when it can't be read.
    static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
