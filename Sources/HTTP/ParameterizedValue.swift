/// `value; name=token; name="quoted"`, as Content-Type and Content-Disposition are written (RFC 9110, 5.6.6).
struct ParameterizedValue {
    let value: String
    private var parameters: [(name: String, value: String)] = []

    /// The first parameter of that name, which is in lower case.
    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// Nil when it is malformed or a parameter is given twice.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let end = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.count
        value = String(Substring(decoding: bytes[..<end], as: UTF8.self).trimmingBlanks())
        guard !value.isEmpty else { return nil }
        var rest = bytes[end...]
        while !rest.isEmpty {
            // Each turn begins at a semicolon.
            rest = rest.dropFirst().drop(while: ASCII.isBlank)
            if rest.isEmpty { return }
            let name = rest.prefix(while: ASCII.isToken)
            rest = rest[name.endIndex...]
            guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return nil }
            rest = rest.dropFirst()
            guard let value = Self.takeValue(&rest) else { return nil }
            let lower = String(decoding: name, as: UTF8.self).lowercased()
            guard self[lower] == nil else { return nil }
            parameters.append((name: lower, value: value))
            rest = rest.drop(while: ASCII.isBlank)
            guard rest.isEmpty || rest.first == UInt8(ascii: ";") else { return nil }
        }
    }

    /// A token, or a quoted text. Browsers don't escape backslashes in it, so only an escaped quote is
    /// undone.
    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> String? {
        let quote = UInt8(ascii: "\"")
        guard rest.first == quote else {
            let token = rest.prefix(while: ASCII.isToken)
            rest = rest[token.endIndex...]
            return token.isEmpty ? nil : String(decoding: token, as: UTF8.self)
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == quote { return String(validating: value, as: UTF8.self) }
            if byte == UInt8(ascii: "\\"), rest.first == quote {
                value.append(quote)
                rest = rest.dropFirst()
            } else {
                value.append(byte)
            }
        }
        return nil
    }
}
