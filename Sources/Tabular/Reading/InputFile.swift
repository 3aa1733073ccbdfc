internal import CLinux
internal import Glibc

/// A file open for reading at any offset.
///
/// A class, for it owns the descriptor and closes it.
final class InputFile {
    let size: Int64
    private let descriptor: Int32

    init(path: String) throws(TableFileError) {
        descriptor = linux_open_read(path)
        guard descriptor >= 0 else { throw .cannotOpen(errno: errno) }
        size = Int64(max(0, lseek(descriptor, 0, SEEK_END)))
    }

    deinit { close(descriptor) }

    /// Fills `buffer` from `offset` on; fewer bytes than its length only at the end of the file.
    func read(at offset: Int64, into buffer: UnsafeMutableBufferPointer<UInt8>) throws(TableFileError) -> Int
    {
        guard let base = buffer.baseAddress else { return 0 }
        var filled = 0
        while filled < buffer.count {
            let count = pread(descriptor, base + filled, buffer.count - filled, off_t(offset) + filled)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .cannotRead(errno: errno) }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// At most `count` bytes from `offset` on.
    func bytes(at offset: Int64, count: Int) throws(TableFileError) -> [UInt8] {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
        defer { buffer.deallocate() }
        let filled = try read(at: offset, into: buffer)
        return [UInt8](buffer[..<filled])
    }
}
