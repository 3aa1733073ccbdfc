/// How content may be compressed.
public enum ContentCoding: CaseIterable, Sendable {
    /// RFC 7932.
    case brotli
    /// RFC 1952.
    case gzip
    /// Not at all.
    case identity

    /// What the name of a file compressed beforehand ends with.
    var suffix: String {
        switch self {
        case .brotli: ".br"
        case .gzip: ".gz"
        case .identity: ""
        }
    }

    /// The name in Content-Encoding; nil for content as it is.
    public var name: String? {
        switch self {
        case .brotli: "br"
        case .gzip: "gzip"
        case .identity: nil
        }
    }

    /// Those that Accept-Encoding takes, the smallest first; content as it is is always among them.
    public static func accepted(by headers: Headers) -> [ContentCoding] {
        let list = headers.list("Accept-Encoding").compactMap(ParameterizedValue.init)
        return allCases.filter { coding in
            guard let name = coding.name else { return true }
            let entry = list.first { $0.value.lowercased() == name } ?? list.first { $0.value == "*" }
            guard let entry else { return false }
            return entry["q"].map { $0.contains { ("1"..."9").contains($0) } } ?? true
        }
    }
}
