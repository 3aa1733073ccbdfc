internal import CLinux
internal import Glibc

/// What a connection has yet to send: gathered bytes, then large pieces, then a file.
struct OutputQueue {
    /// Shorter pieces are gathered.
    private static let pieceSize = 16 * 1024
    private static let fileSize: Int64 = 1 << 20

    enum Step { case sent(Int), full, failed }

    var bytes: [UInt8] = []
    private var sent = 0
    private var pieces: [[UInt8]] = []
    private var piece = 0
    private var pieceSent = 0
    private var file: (file: OpenFile, offset: Int64, remaining: Int64)?

    var isEmpty: Bool { bytes.count == sent && piece == pieces.count && file == nil }

    /// Bytes at hand that have not been sent; what a file still holds is not counted.
    var waiting: Int { bytes.count - sent + pieces[piece...].reduce(-pieceSent) { $0 + $1.count } }

    /// Whether nothing may be gathered behind it before it is sent.
    var isBulky: Bool { piece < pieces.count || file != nil || bytes.count > 4 * Self.pieceSize }

    /// Adds a body's bytes.
    mutating func append(_ piece: [UInt8]) {
        forgetSent()
        if pieces.isEmpty, piece.count <= Self.pieceSize {
            bytes.append(contentsOf: piece)
        } else {
            pieces.append(piece)
        }
    }

    /// Lets go of what is behind: a queue that is never quite empty would grow for ever.
    private mutating func forgetSent() {
        if sent > Self.pieceSize, sent * 2 > bytes.count {
            bytes.removeFirst(sent)
            sent = 0
        }
        if piece > 64, piece * 2 > pieces.count {
            pieces.removeFirst(piece)
            piece = 0
        }
    }

    mutating func append(_ file: OpenFile, offset: Int64, length: Int64) {
        if length > 0 { self.file = (file: file, offset: offset, remaining: length) }
    }

    /// One system call's worth.
    mutating func send(to socket: Int32) -> Step {
        if sent < bytes.count { return sendBytes(to: socket) }
        if piece < pieces.count { return sendPiece(to: socket) }
        return sendFile(to: socket)
    }

    /// Forgets everything; gives the emptied buffer for the next to use.
    mutating func reset() -> [UInt8] {
        var buffer: [UInt8] = []
        swap(&buffer, &bytes)
        self = OutputQueue()
        buffer.removeAll(keepingCapacity: true)
        return buffer
    }

    private mutating func sendBytes(to socket: Int32) -> Step {
        let more = piece < pieces.count || file != nil
        let step = Self.send(bytes, from: sent, to: socket, more: more)
        if case .sent(let count) = step { sent += count }
        return step
    }

    private mutating func sendPiece(to socket: Int32) -> Step {
        let step = Self.send(pieces[piece], from: pieceSent, to: socket, more: piece + 1 < pieces.count)
        if case .sent(let count) = step {
            pieceSent += count
            if pieceSent == pieces[piece].count {
                pieces[piece] = []
                piece += 1
                pieceSent = 0
            }
        }
        return step
    }

    static func send(_ bytes: [UInt8], from start: Int, to socket: Int32, more: Bool) -> Step {
        let flags = Int32(MSG_NOSIGNAL) | (more ? Int32(MSG_MORE) : 0)
        let count = bytes.withUnsafeBytes { buffer in
            Glibc.send(socket, buffer.baseAddress.map { $0 + start }, buffer.count - start, flags)
        }
        return outcome(count)
    }

    private mutating func sendFile(to socket: Int32) -> Step {
        guard let current = file else { return .sent(0) }
        var offset = off_t(current.offset)
        let length = Int(min(current.remaining, Self.fileSize))
        let count = sendfile(socket, current.file.descriptor, &offset, length)
        // A file that became shorter can't be sent as promised.
        if count == 0 { return .failed }
        if count > 0 {
            let remaining = current.remaining - Int64(count)
            file = remaining == 0 ? nil : (file: current.file, offset: Int64(offset), remaining: remaining)
        }
        return Self.outcome(count)
    }

    private static func outcome(_ count: Int) -> Step {
        if count >= 0 { return .sent(count) }
        switch errno {
        case EAGAIN: return .full
        case EINTR: return .sent(0)
        default: return .failed
        }
    }
}
