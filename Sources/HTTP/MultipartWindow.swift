/// The bytes of a multipart body that are here, and the search for its delimiters.
struct MultipartWindow {
    enum DelimiterEnd { case part, end, malformed, incomplete }

    /// CRLF, two hyphens and the boundary. The body's start counts as the start of a line.
    private let delimiter: [UInt8]
    private var bytes: [UInt8] = [ASCII.carriageReturn, ASCII.lineFeed]
    private var start = 0

    init(boundary: String) { delimiter = Array("\r\n--\(boundary)".utf8) }

    var count: Int { bytes.count - start }

    mutating func append(_ more: [UInt8]) {
        if start > 0 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: more)
    }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        start = 0
    }

    /// What is surely data; true when the delimiter behind it was found, and passed.
    mutating func takeData() -> (data: [UInt8], isLast: Bool) {
        let (end, isWhole) = delimiterPosition()
        let data = Array(bytes[start..<end])
        start = isWhole ? end + delimiter.count : end
        return (data, isWhole)
    }

    /// Where the delimiter stands, or where its beginning may stand at the end of what is here.
    private func delimiterPosition() -> (position: Int, isWhole: Bool) {
        bytes.withUnsafeBufferPointer { bytes in
            var position = start
            while position < bytes.count {
                guard let next = bytes[position...].firstIndex(of: ASCII.carriageReturn) else { break }
                let length = min(delimiter.count, bytes.count - next)
                var matched = 1
                while matched < length, bytes[next + matched] == delimiter[matched] { matched += 1 }
                if matched == delimiter.count { return (next, true) }
                if matched == length { return (next, false) }
                position = next + 1
            }
            return (bytes.count, false)
        }
    }

    /// What follows a delimiter: two hyphens, or blanks and the end of the line.
    mutating func takeDelimiterEnd() -> DelimiterEnd {
        let rest = bytes[start...]
        guard rest.count >= 2 else { return .incomplete }
        if rest.prefix(2).elementsEqual("--".utf8) { return .end }
        let trimmed = rest.drop(while: ASCII.isBlank)
        guard trimmed.count >= 2 else { return rest.count > 1024 ? .malformed : .incomplete }
        guard trimmed.prefix(2).elementsEqual("\r\n".utf8) else { return .malformed }
        start = trimmed.startIndex + 2
        return .part
    }

    /// A part's head with its empty line, once all of it is here.
    mutating func takeHead() -> [UInt8]? {
        let rest = bytes[start...]
        if rest.starts(with: "\r\n".utf8) {
            start += 2
            return [ASCII.carriageReturn, ASCII.lineFeed]
        }
        var position = rest.startIndex
        while position + 3 < rest.endIndex {
            if rest[position] == ASCII.carriageReturn,
                rest[position..<position + 4].elementsEqual("\r\n\r\n".utf8)
            {
                defer { start = position + 4 }
                return Array(rest[..<(position + 4)])
            }
            position += 1
        }
        return nil
    }
}
