/// Two routes that answer the same requests, or a pattern that is none.
public struct RouteClash: Error, Sendable, Equatable, CustomStringConvertible {
    /// The method and pattern that can't be added.
    public let route: String
    /// The pattern that stands in its way; nil when `route` itself is malformed.
    public let existing: String?

    /// Names both.
    public var description: String {
        existing.map { "\(route) clashes with \($0)" } ?? "\(route) is no pattern"
    }
}

/// A path with literal segments, parameters `{id}`, and at its end perhaps `{rest...}` for one or more
/// segments.
struct RoutePattern: Equatable {
    enum Segment: Equatable {
        case literal(String)
        case parameter(String)
        case rest(String)
    }

    let text: String
    let segments: [Segment]

    /// Nil for a pattern that doesn't begin with a slash, or has an empty, repeated or misplaced name.
    init?(_ text: String) {
        guard text.utf8.first == ASCII.slash else { return nil }
        self.text = text
        let words =
            text == "/" ? [] : text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        var segments: [Segment] = []
        var names: Set<String> = []
        for word in words {
            guard let segment = Self.segment(word) else { return nil }
            if case .rest = segments.last { return nil }
            switch segment {
            case .literal: break
            case .parameter(let name), .rest(let name):
                guard names.insert(name).inserted else { return nil }
            }
            segments.append(segment)
        }
        self.segments = segments
    }

    private static func segment(_ word: Substring) -> Segment? {
        guard word.hasPrefix("{") else {
            return word.contains { "{}".contains($0) } ? nil : .literal(String(word))
        }
        guard word.hasSuffix("}") else { return nil }
        var name = word.dropFirst().dropLast()
        let isRest = name.hasSuffix("...")
        if isRest { name = name.dropLast(3) }
        guard !name.isEmpty, name.utf8.allSatisfy({ ASCII.isToken($0) && $0 != UInt8(ascii: ".") }) else {
            return nil
        }
        return isRest ? .rest(String(name)) : .parameter(String(name))
    }
}
