internal import CLinux
internal import Glibc
internal import Loop

/// A new file that is written in large pieces off the loop; a class because it owns the descriptor.
final class FileSink {
    private static let pieceSize = 256 * 1024

    private var length: Int64 = 0
    private let path: String
    private let descriptor: Int32
    private let pool: BlockingPool?
    private var waiting: [UInt8] = []

    private init(path: String, pool: BlockingPool?) throws(HTTPError) {
        descriptor = linux_open_create(path, 0o600)
        guard descriptor >= 0 else { throw .storage(errno: errno) }
        self.path = path
        self.pool = pool
    }

    deinit { close(descriptor) }

    /// Writes what `next` gives until it gives nil; removes the file when anything fails.
    static func save(
        to path: String, limit: Int64, pool: BlockingPool?,
        from next: () async throws(HTTPError) -> [UInt8]?
    ) async throws(HTTPError) -> Int64 {
        let file = try FileSink(path: path, pool: pool)
        do throws(HTTPError) {
            while let bytes = try await next() {
                guard file.length + Int64(bytes.count) <= limit else { throw .tooLarge(limit: limit) }
                try await file.write(bytes)
            }
            try await file.flush()
            return file.length
        } catch {
            unlink(path)
            throw error
        }
    }

    private func write(_ bytes: [UInt8]) async throws(HTTPError) {
        length += Int64(bytes.count)
        waiting.append(contentsOf: bytes)
        if waiting.count >= Self.pieceSize { try await flush() }
    }

    /// The pool is given the bytes, and nothing of this object: the task waits while it writes.
    private func flush() async throws(HTTPError) {
        guard !waiting.isEmpty else { return }
        let bytes = waiting
        waiting = []
        let failure: Int32
        if let pool {
            do {
                failure = try await pool.run { [descriptor] in Self.write(bytes, to: descriptor) }
            } catch {
                throw .storage(errno: EAGAIN)
            }
        } else {
            failure = Self.write(bytes, to: descriptor)
        }
        guard failure == 0 else { throw .storage(errno: failure) }
    }

    /// Zero, or the errno.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(
                    descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return errno }
                written += count
            }
            return 0
        }
    }
}
