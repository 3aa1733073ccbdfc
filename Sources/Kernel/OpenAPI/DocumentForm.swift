internal import HTTP
internal import Synchronization

/// A finished document as a request takes it: compressed where Accept-Encoding has gzip.
struct DocumentForm: Sendable {
    let bytes: [UInt8]
    /// Quoted; each form has its own (RFC 9110, 8.8.3.3).
    let tag: String
    let coding: ContentCoding

    /// `tag` is a digest of the bytes, quoted.
    init(_ bytes: [UInt8], tag: String, for request: Request) {
        if ContentCoding.accepted(by: request.headers).contains(.gzip),
            let compressed = CompressedDocuments.shared.gzip(bytes, tag: tag)
        {
            self.bytes = compressed
            self.tag = "\(tag.dropLast())-gzip\""
            coding = .gzip
        } else {
            self.bytes = bytes
            self.tag = tag
            coding = .identity
        }
    }

    /// What an answer says of the form, a 304 among them.
    var fields: [(String, String)] { [("ETag", tag), ("Vary", "Accept-Encoding")] }

    /// What an answer with the bytes says of them beside.
    var contentFields: [(String, String)] { coding.name.map { [("Content-Encoding", $0)] } ?? [] }

    /// An answer whose ETag is a digest of its bytes, in the form that the request takes.
    static func fitting(_ answer: Answer, _ request: Request) -> Answer {
        guard case .bytes(let bytes) = answer.body,
            let tag = answer.headers.first(where: { $0.0 == "ETag" })?.1
        else { return answer }
        let form = DocumentForm(bytes, tag: tag, for: request)
        var fitting = answer
        fitting.body = .bytes(form.bytes)
        fitting.headers = answer.headers.filter { $0.0 != "ETag" } + form.fields + form.contentFields
        return fitting
    }
}

/// Documents compressed, once for each content, by the digest of what they hold.
private final class CompressedDocuments: Sendable {
    static let shared = CompressedDocuments()

    private let known = Mutex<[String: [UInt8]]>([:])
    /// Some 20 KB each; then all are forgotten, and made again as they are asked for.
    private static let most = 128

    func gzip(_ bytes: [UInt8], tag: String) -> [UInt8]? {
        if let compressed = known.withLock({ $0[tag] }) { return compressed }
        guard let compressed = Gzip.compress(bytes) else { return nil }
        known.withLock { known in
            if known.count >= Self.most { known.removeAll() }
            known[tag] = compressed
        }
        return compressed
    }
}
