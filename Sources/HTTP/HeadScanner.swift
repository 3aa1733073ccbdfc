internal import Glibc

/// Finds the end of a head that arrives in pieces, looking at each byte once.
struct HeadScanner {
    private(set) var scanned = 0
    private var lineStart = 0

    /// How many bytes the head has, its empty line included; nil when more must come.
    ///
    /// `bytes` begins with the head each time. A line feed without its carriage return is refused at once.
    mutating func end(of bytes: UnsafeBufferPointer<UInt8>, limit: Int) throws(Refusal) -> Int? {
        if scanned == 0, let first = bytes.first, !ASCII.isToken(first) { throw .invalidRequestLine }
        while scanned < bytes.count, let base = bytes.baseAddress {
            guard let found = memchr(base + scanned, Int32(ASCII.lineFeed), bytes.count - scanned) else {
                scanned = bytes.count
                break
            }
            let position = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
            guard position > lineStart, bytes[position - 1] == ASCII.carriageReturn else {
                throw .bareLineFeed
            }
            scanned = position + 1
            if scanned > limit { break }
            if position == lineStart + 1 { return scanned }
            lineStart = scanned
        }
        guard scanned <= limit else { throw .headTooLarge }
        return nil
    }
}
