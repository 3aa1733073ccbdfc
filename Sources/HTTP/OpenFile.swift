internal import CLinux
internal import Glibc

/// A plain file open for reading, closed with its last reference; a class because it owns the descriptor.
public final class OpenFile: Sendable {
    let descriptor: Int32
    /// Its length in bytes when it was opened.
    public let size: Int64
    /// When it was last changed, in nanoseconds since 1970.
    public let modified: Int64

    /// Opens a file.
    ///
    /// - Throws: `HTTPError.storage` when it can't be opened or is no plain file.
    public convenience init(path: String) throws(HTTPError) {
        try self.init(descriptor: linux_open_read(path))
    }

    /// Takes over a descriptor, or throws for errno when it is negative.
    init(descriptor: Int32) throws(HTTPError) {
        guard descriptor >= 0 else { throw .storage(errno: errno) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .storage(errno: ENOENT)
        }
        self.descriptor = descriptor
        size = Int64(facts.st_size)
        modified = Int64(facts.st_mtim.tv_sec) * 1_000_000_000 + Int64(facts.st_mtim.tv_nsec)
    }

    deinit { close(descriptor) }
}
