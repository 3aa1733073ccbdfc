/// One field or file of a form. Read it before the next part is asked for.
public struct MultipartPart: Sendable {
    private let form: Multipart
    private let ordinal: Int
    private let head: MultipartHead

    init(of form: Multipart, ordinal: Int, head: MultipartHead) {
        self.form = form
        self.ordinal = ordinal
        self.head = head
    }

    /// The field's name.
    public var name: String { head.name }
    /// The file's name as the client gave it, without any folders; nil for a plain field. Never a path to
    /// write to.
    public var filename: String? { head.filename }
    /// The media type that the client claims; nil when it gives none.
    public var contentType: String? { head.contentType }

    /// The next bytes, never none; nil at the part's end.
    ///
    /// - Throws: as `Multipart.next()`.
    public func next() async throws(HTTPError) -> [UInt8]? { try await form.piece(of: ordinal) }

    /// All of it.
    ///
    /// - Throws: `tooLarge` over `limit` bytes; and as `next()`.
    public func collect(limit: Int) async throws(HTTPError) -> [UInt8] {
        var all: [UInt8] = []
        while let piece = try await next() {
            all.append(contentsOf: piece)
            guard all.count <= limit else { throw .tooLarge(limit: Int64(limit)) }
        }
        return all
    }

    /// Writes all of it to a new file that only this user may read, and gives its length in bytes.
    ///
    /// - Throws: `tooLarge` over `limit` bytes; `storage`; and as `next()`. What was written is then removed.
    public func save(to path: String, limit: Int64) async throws(HTTPError) -> Int64 {
        try await FileSink.save(to: path, limit: limit, pool: form.body.files) { () throws(HTTPError) in
            try await self.next()
        }
    }
}

/// What a part's head says.
struct MultipartHead: Sendable {
    let name: String
    let filename: String?
    let contentType: String?

    /// Nil unless it is well-formed and names a form's field.
    init?(_ bytes: [UInt8]) {
        var disposition: String?
        var type: String?
        var position = 0
        while position + 2 < bytes.count {
            guard let (field, next) = try? FieldList.field(bytes, from: position) else { return nil }
            guard let value = String(validating: bytes[field.value], as: UTF8.self) else { return nil }
            if FieldList.equals(bytes[field.name], "content-disposition") {
                guard disposition == nil else { return nil }
                disposition = value
            } else if FieldList.equals(bytes[field.name], "content-type") {
                type = value
            }
            position = next
        }
        guard position + 2 == bytes.count, let disposition, let parsed = ParameterizedValue(disposition),
            parsed.value.lowercased() == "form-data", let name = parsed["name"]
        else { return nil }
        self.name = Self.unescaped(name)
        filename = parsed["filename"].map { Self.lastComponent(Self.unescaped($0)) }
        contentType = type
    }

    /// Browsers write quotes and line ends in names so (WHATWG HTML, 4.10.21.8).
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(ASCII.percent) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            switch String(decoding: rest.prefix(3), as: UTF8.self).uppercased() {
            case "%22": bytes.append(UInt8(ascii: "\""))
            case "%0D": bytes.append(ASCII.carriageReturn)
            case "%0A": bytes.append(ASCII.lineFeed)
            default:
                bytes.append(first)
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(3)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func lastComponent(_ path: String) -> String {
        let bytes = path.utf8.split(omittingEmptySubsequences: false) {
            $0 == ASCII.slash || $0 == UInt8(ascii: "\\")
        }
        return bytes.last.map { String(Substring($0)) } ?? path
    }
}
