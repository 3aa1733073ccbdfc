internal import CLinux
internal import Glibc

/// Where a writer's bytes go: a file, a function, or a buffer that the caller empties.
///
/// A class, for it owns the file and is shared with the writer. Bytes are held back to blocks of 64 KB.
public final class TableOutput {
    private enum Destination {
        case file(descriptor: Int32)
        case function(([UInt8]) throws(TableFileError) -> Void)
        case buffer
    }

    private static let blockLength = 64 * 1024

    private let destination: Destination
    private var pending: [UInt8] = []

    /// A new file at `path`; one that is there is emptied.
    public init(path: String) throws(TableFileError) {
        let descriptor = linux_open_create(path, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(errno: errno) }
        destination = .file(descriptor: descriptor)
    }

    /// Hands each block to `write`.
    public init(write: @escaping ([UInt8]) throws(TableFileError) -> Void) {
        destination = .function(write)
    }

    /// Keeps the bytes until `take()`: for callers that send them on by themselves after every few rows.
    public init() {
        destination = .buffer
    }

    deinit {
        if case .file(let descriptor) = destination { close(descriptor) }
    }

    /// How many bytes are held back.
    public var count: Int { pending.count }

    /// The bytes held back, which are then no more here.
    public func take() -> [UInt8] {
        defer { pending = [] }
        return pending
    }

    /// Puts bytes together in place and sends them on when there are enough.
    func write(_ fill: (inout [UInt8]) -> Void) throws(TableFileError) {
        fill(&pending)
        if pending.count >= Self.blockLength { try flush() }
    }

    /// Sends on what is held back; a buffer keeps it for the caller.
    func flush() throws(TableFileError) {
        switch destination {
        case .buffer: return
        case .function(let write): try write(pending)
        case .file(let descriptor): try Self.writeAll(pending, to: descriptor)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(TableFileError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { Glibc.write(descriptor, $0 + written, buffer.count - written) } ?? 0
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .cannotWrite(errno: errno) }
            written += count
        }
    }
}
