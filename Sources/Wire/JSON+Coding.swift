extension JSON {
    /// Reads one document.
    ///
    /// Strict RFC 8259: refuses invalid UTF-8, a byte order mark, repeated keys, U+0000 in strings and keys,
    /// lone surrogates, nesting and numbers beyond `limits`, and anything after the value.
    public static func parse(_ bytes: [UInt8], limits: JSONLimits = .init()) throws(JSONError) -> JSON {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            try parse(buffer, limits: limits)
        }
    }

    /// Reads one document from text; offsets of errors count UTF-8 bytes.
    public static func parse(_ text: String, limits: JSONLimits = .init()) throws(JSONError) -> JSON {
        try parse(Array(text.utf8), limits: limits)
    }

    /// Reads one document from borrowed bytes.
    public static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits = .init()
    ) throws(JSONError) -> JSON {
        var reader = JSONReader(bytes, limits: limits)
        return try reader.document()
    }

    /// The value as UTF-8 bytes without spaces.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.value(self)
        return writer.bytes
    }

    /// The value as text without spaces.
    public var text: String {
        String(decoding: encoded(), as: UTF8.self)
    }
}
