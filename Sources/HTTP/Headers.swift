/// The fields of a head, by case-insensitive name, in the order in which they were sent.
///
/// They stay the bytes of the head; a String is made for what is asked.
public struct Headers: Sendable {
    let bytes: [UInt8]
    let fields: [HeaderField]

    init(bytes: [UInt8], fields: [HeaderField]) {
        self.bytes = bytes
        self.fields = fields
    }

    /// How many fields there are.
    public var count: Int { fields.count }

    /// The first value of `name`, without the space around it; nil when it wasn't sent.
    public subscript(name: String) -> String? {
        guard let field = fields.first(where: { isNamed($0, name) }) else { return nil }
        return text(field.value)
    }

    /// Every value of `name`, one for each line.
    public func all(_ name: String) -> [String] {
        fields.lazy.filter { isNamed($0, name) }.map { text($0.value) }
    }

    /// Every field, with its name in lower case.
    public var entries: [(name: String, value: String)] {
        fields.map { (text($0.name).lowercased(), text($0.value)) }
    }

    /// The elements of a comma-separated list, all lines of `name` taken together (RFC 9110, 5.6.1).
    public func list(_ name: String) -> [String] {
        all(name).flatMap { line in
            line.utf8.split(separator: UInt8(ascii: ",")).compactMap { element in
                let trimmed = Substring(element).trimmingBlanks()
                return trimmed.isEmpty ? nil : String(trimmed)
            }
        }
    }

    /// The bytes of the first value of `name`, without a String on the way; nil when it wasn't sent.
    public func withBytes<Value>(of name: String, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value? {
        guard let field = fields.first(where: { isNamed($0, name) }) else { return nil }
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[field.value])) }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private func isNamed(_ field: HeaderField, _ name: String) -> Bool {
        let range = field.name
        guard range.count == name.utf8.count else { return false }
        var position = range.lowerBound
        for byte in name.utf8 {
            guard ASCII.lowercased(bytes[position]) == ASCII.lowercased(byte) else { return false }
            position += 1
        }
        return true
    }
}

/// Where one field stands in the bytes of its head. Heads are at most 65,535 bytes long.
struct HeaderField: Sendable {
    let nameStart: UInt16
    let nameEnd: UInt16
    let valueStart: UInt16
    let valueEnd: UInt16
    var name: Range<Int> { Int(nameStart)..<Int(nameEnd) }
    var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}

extension Substring {
    func trimmingBlanks() -> Substring {
        var rest = self
        while let first = rest.utf8.first, ASCII.isBlank(first) { rest.removeFirst() }
        while let last = rest.utf8.last, ASCII.isBlank(last) { rest.removeLast() }
        return rest
    }
}
