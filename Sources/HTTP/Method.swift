/// A request's method: a token, compared exactly (RFC 9110, 9.1).
public struct Method: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The token as it was sent, such as `GET`.
    public let name: String

    /// Takes the token as it is.
    public init(_ name: String) { self.name = name }
    /// Takes the token as it is.
    public init(stringLiteral name: String) { self.name = name }

    /// Reads a record or a list.
    public static let get = Method("GET")
    /// Like GET, without the body.
    public static let head = Method("HEAD")
    /// Creates, or acts.
    public static let post = Method("POST")
    /// Replaces.
    public static let put = Method("PUT")
    /// Changes the fields that are sent.
    public static let patch = Method("PATCH")
    /// Removes.
    public static let delete = Method("DELETE")
    /// Asks what is allowed.
    public static let options = Method("OPTIONS")

    /// The token.
    public var description: String { name }
}
