internal import Crypto
internal import Wire

/// A place in the order of committed events, the same for every process of the installation.
struct StreamPosition: Sendable, Comparable {
    /// The transaction, and the place within it.
    let xid: UInt64
    let position: Int64
    /// When the event was written, or until when nothing more had come.
    let at: Instant

    static func < (left: StreamPosition, right: StreamPosition) -> Bool {
        (left.xid, left.position) < (right.xid, right.position)
    }

    static func == (left: StreamPosition, right: StreamPosition) -> Bool {
        (left.xid, left.position) == (right.xid, right.position)
    }
}

/// Writes positions as the `id` of events and reads them back from `Last-Event-ID`.
///
/// They are sealed: in the clear they would tell everybody how much the whole installation writes.
struct StreamPositionSeal: Sendable {
    private let key: SealingKey?
    private static let context = Array("stream".utf8)

    init(secretKey: [UInt8]) { key = try? SealingKey(hmacSHA256(Self.context, key: secretKey)) }

    /// Base64url; nil when it can't be sealed.
    func text(_ position: StreamPosition) -> String? {
        let words = [
            position.xid, UInt64(bitPattern: position.position), UInt64(bitPattern: position.at.milliseconds),
        ]
        let bytes = words.flatMap(\.bigEndianBytes)
        guard let box = try? key?.seal(bytes, context: Self.context) else { return nil }
        return Base64.encode(box, url: true)
    }

    /// The position; nil for a text that this installation has not made.
    func position(_ text: String) -> StreamPosition? {
        guard text.utf8.count <= 100, let box = Base64.decode(text, url: true),
            let bytes = try? key?.open(box, context: Self.context), bytes.count == 24
        else { return nil }
        let words = [0, 8, 16].map { UInt64(bigEndianBytes: bytes[$0..<($0 + 8)]) }
        return StreamPosition(
            xid: words[0], position: Int64(bitPattern: words[1]),
            at: Instant(milliseconds: Int64(bitPattern: words[2])))
    }
}
