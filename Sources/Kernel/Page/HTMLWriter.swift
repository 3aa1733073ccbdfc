/// Writes HTML. Every text and attribute is escaped; markup that is not can only be a constant of the program.
public struct HTMLWriter: Sendable {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 4096) { bytes.reserveCapacity(capacity) }

    /// Markup as it is; the page's own constants alone.
    public mutating func raw(_ markup: StaticString) {
        markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Text between tags.
    public mutating func text(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    /// An element with its attributes around what `content` writes.
    public mutating func element(
        _ name: StaticString, _ attributes: [(StaticString, String)] = [],
        _ content: (inout HTMLWriter) -> Void
    ) {
        open(name, attributes)
        content(&self)
        raw("</")
        raw(name)
        raw(">")
    }

    /// An element around a text.
    public mutating func element(
        _ name: StaticString, _ attributes: [(StaticString, String)], _ text: String
    ) {
        element(name, attributes) { $0.text(text) }
    }

    /// A bare element around a text.
    public mutating func element(_ name: StaticString, _ text: String) { element(name, [], text) }

    /// A start tag; void elements need no more.
    public mutating func open(_ name: StaticString, _ attributes: [(StaticString, String)] = []) {
        raw("<")
        raw(name)
        for (key, value) in attributes {
            raw(" ")
            raw(key)
            raw("=\"")
            text(value)
            raw("\"")
        }
        raw(">")
    }

    /// What another writer has written.
    mutating func append(_ other: HTMLWriter) { bytes += other.bytes }

    private mutating func append(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
        default: bytes.append(byte)
        }
    }
}
