internal import Crypto
internal import Synchronization
internal import Wire

/// Documents that are made from a registry once and then sent as bytes.
final class DocumentCache: Sendable {
    static let shared = DocumentCache()

    /// A finished document.
    struct Document: Sendable {
        let bytes: [UInt8]
        /// Its digest, quoted.
        let tag: String

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            tag = "\"\(Base64.encode(Array(sha256(bytes).prefix(15)), url: true))\""
        }
    }

    private struct Entry {
        // A registry that is gone must not answer for another one at its address.
        weak var owner: (any AnyObject & Sendable)?
        let document: Document
    }

    private let entries = Mutex<[String: Entry]>([:])
    private static let most = 512

    /// The document of that name made from `owner`, made now where there is none yet.
    func document(_ name: String, of owner: any AnyObject & Sendable, _ make: () -> [UInt8]) -> Document {
        let key = "\(ObjectIdentifier(owner)) \(name)"
        let known = entries.withLock { entries -> Document? in
            guard let entry = entries[key], entry.owner === owner else { return nil }
            return entry.document
        }
        if let known { return known }
        let document = Document(make())
        entries.withLock { entries in
            if entries.count >= Self.most { entries.removeAll() }
            entries[key] = Entry(owner: owner, document: document)
        }
        return document
    }
}
