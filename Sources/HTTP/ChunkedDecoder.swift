/// Takes the chunked coding off a body (RFC 9112, 7.1). Extensions and trailer fields are checked and
/// dropped.
struct ChunkedDecoder: Sendable {
    private enum Phase { case size, extensions, sizeEnd, data, dataReturn, dataEnd, trailer, finished }

    /// Digits of a chunk's size; more can't be meant.
    private static let digitLimit = 15
    /// Bytes of extensions, and of the trailer.
    private static let wasteLimit = 8 * 1024

    private var phase = Phase.size
    private var digits = 0
    private var remaining = 0
    private var waste = 0
    private var line: [UInt8] = []

    /// Whether the last chunk and the trailer have been read.
    var isFinished: Bool { phase == .finished }

    /// Appends the data in `input` to `output`; gives how many bytes were used, fewer than all only at the
    /// end.
    mutating func decode(
        _ input: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]
    ) throws(Refusal) -> Int {
        var position = 0
        while position < input.count, phase != .finished {
            if phase == .data {
                let count = min(remaining, input.count - position)
                output.append(contentsOf: UnsafeBufferPointer(rebasing: input[position..<position + count]))
                position += count
                remaining -= count
                if remaining == 0 { phase = .dataReturn }
            } else {
                try take(input[position])
                position += 1
            }
        }
        return position
    }

    private mutating func take(_ byte: UInt8) throws(Refusal) {
        switch phase {
        case .size: try takeSize(byte)
        case .extensions:
            waste += 1
            guard waste <= Self.wasteLimit else { throw .invalidChunk }
            if byte == ASCII.carriageReturn {
                phase = .sizeEnd
            } else if !ASCII.isFieldContent(byte) {
                throw .invalidChunk
            }
        case .sizeEnd:
            guard byte == ASCII.lineFeed else { throw .invalidChunk }
            phase = remaining == 0 ? .trailer : .data
            digits = 0
        case .dataReturn:
            guard byte == ASCII.carriageReturn else { throw .invalidChunk }
            phase = .dataEnd
        case .dataEnd:
            guard byte == ASCII.lineFeed else { throw .invalidChunk }
            phase = .size
        case .trailer: try takeTrailer(byte)
        case .data, .finished: break
        }
    }

    private mutating func takeSize(_ byte: UInt8) throws(Refusal) {
        if let digit = ASCII.hexadecimal(byte), digits < Self.digitLimit {
            remaining = remaining << 4 | Int(digit)
            digits += 1
        } else if digits > 0, byte == ASCII.carriageReturn {
            phase = .sizeEnd
        } else if digits > 0, byte == UInt8(ascii: ";") {
            phase = .extensions
        } else {
            throw .invalidChunk
        }
    }

    private mutating func takeTrailer(_ byte: UInt8) throws(Refusal) {
        line.append(byte)
        waste += 1
        guard waste <= Self.wasteLimit else { throw .invalidChunk }
        guard byte == ASCII.lineFeed else { return }
        guard line.count >= 2, line[line.count - 2] == ASCII.carriageReturn else { throw .invalidChunk }
        if line.count == 2 {
            phase = .finished
        } else {
            // FieldList.field refuses anything but `name: value CRLF`.
            guard let field = try? FieldList.field(line, from: 0), field.next == line.count else {
                throw .invalidChunk
            }
        }
        line.removeAll(keepingCapacity: true)
    }
}
