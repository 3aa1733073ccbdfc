/// A file's text as UTF-8 blocks, in bounded memory whatever the file's size.
///
/// UTF-8 passes as it is, valid or not; other encodings pass through iconv. A class, for it owns its buffers.
final class TextBlocks {
    static let blockLength = 64 * 1024

    let file: InputFile
    let encoding: TextEncoding
    /// The block read last.
    private(set) var block: UnsafeBufferPointer<UInt8>
    private let raw: UnsafeMutableBufferPointer<UInt8>
    private let decoded: UnsafeMutableBufferPointer<UInt8>
    private let converter: TextConverter?
    private var carried = 0
    private var offset: Int64

    /// Starts at `offset`, which must be a character's first byte; at 0 a byte order mark is passed over.
    init(file: InputFile, encoding: TextEncoding, from offset: Int64) throws(TableFileError) {
        self.file = file
        self.encoding = encoding
        converter = encoding == .utf8 ? nil : try TextConverter(from: encoding)
        let start = offset == 0 ? try Self.textStart(of: file, encoding) : offset
        self.offset = start
        raw = .allocate(capacity: Self.blockLength)
        decoded = .allocate(capacity: encoding == .utf8 ? 0 : Self.blockLength * 3 + 16)
        block = UnsafeBufferPointer(rebasing: raw[..<0])
    }

    deinit {
        raw.deallocate()
        decoded.deallocate()
    }

    /// Where the text begins: after a byte order mark, if there is one.
    static func textStart(of file: InputFile, _ encoding: TextEncoding) throws(TableFileError) -> Int64 {
        let mark = encoding.byteOrderMark
        guard !mark.isEmpty, try file.bytes(at: 0, count: mark.count) == mark else { return 0 }
        return Int64(mark.count)
    }

    /// Goes back or on to `offset`, a character's first byte.
    func restart(at offset: Int64) {
        self.offset = offset
        carried = 0
        block = UnsafeBufferPointer(rebasing: raw[..<0])
    }

    /// Reads the next block; false at the end of the file.
    func advance() throws(TableFileError) -> Bool {
        let room = UnsafeMutableBufferPointer(rebasing: raw[carried...])
        let count = try file.read(at: offset, into: room)
        offset += Int64(count)
        let filled = carried + count
        guard filled > 0 else { return false }
        guard let converter else {
            block = UnsafeBufferPointer(rebasing: raw[..<filled])
            return true
        }
        let input = UnsafeMutableBufferPointer(rebasing: raw[..<filled])
        let (taken, written) = converter.convert(input, isLast: count < room.count, into: decoded)
        carried = filled - taken
        for index in 0..<carried { raw[index] = raw[taken + index] }
        block = UnsafeBufferPointer(rebasing: decoded[..<written])
        return written > 0
    }
}
