internal import Crypto
internal import Kernel
internal import Wire

/// A place in the list of organizations, signed and tied to its filters and order.
struct VendorPlace {
    /// Bytes of a signature, and of an id as text.
    private static let signed = 16
    private static let named = 36

    private let key: [UInt8]
    private let list: [UInt8]

    init(list: [String], in context: Context) {
        key = hmacSHA256(Array("vendor_cursor".utf8), key: context.runtime.configuration.secretKey)
        self.list = Array(list.joined(separator: "\u{0}").utf8)
    }

    /// A cursor behind the row that has this id and this content of what is sorted by.
    func text(_ sorted: String, _ id: UUIDv7) -> String {
        let body = Array("\(id)\(sorted)".utf8)
        return Base64.encode(signature(of: body) + body, url: true)
    }

    /// 400 for a cursor that was not made for this list.
    func read(_ cursor: String?) throws(Problem) -> (key: String, id: UUIDv7)? {
        guard let cursor else { return nil }
        guard let bytes = Base64.decode(cursor, url: true), bytes.count >= Self.signed + Self.named else {
            throw Problem.badQuery("cursor", "bad_cursor")
        }
        let body = Array(bytes.dropFirst(Self.signed))
        guard constantTimeEquals(Array(bytes.prefix(Self.signed)), signature(of: body)),
            let id = UUIDv7(String(decoding: body.prefix(Self.named), as: UTF8.self))
        else { throw Problem.badQuery("cursor", "bad_cursor") }
        return (key: String(decoding: body.dropFirst(Self.named), as: UTF8.self), id: id)
    }

    private func signature(of body: [UInt8]) -> [UInt8] {
        Array(hmacSHA256(body + list, key: key).prefix(Self.signed))
    }
}
