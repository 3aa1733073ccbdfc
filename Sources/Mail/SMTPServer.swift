/// A server that takes mail, and how to speak to it.
public struct SMTPServer: Sendable {
    /// `smtps://host:465`, or `smtp://host:587` for a connection that turns to TLS; a path is the name to
    /// greet with.
    public let url: String
    /// For servers that want a login.
    public let user: String?
    /// Never told in a log or an error.
    public let password: String?
    /// A file of certificates (PEM) to trust instead of the system's.
    public let authority: String?
    /// Whether anything but TLS is refused; false only makes sense for a relay on the same machine.
    public let isEncrypted: Bool

    /// Describes a server. A login never goes over a connection without TLS: with `user` encryption is on.
    public init(
        url: String, user: String? = nil, password: String? = nil, authority: String? = nil,
        isEncrypted: Bool = true
    ) {
        self.url = url
        self.user = user
        self.password = password
        self.authority = authority
        self.isEncrypted = isEncrypted || user != nil
    }
}

extension SMTPServer: CustomStringConvertible, CustomReflectable {
    /// The URL alone: a log must never show the password.
    public var description: String { "SMTP server \(url)" }

    /// Likewise without the password.
    public var customMirror: Mirror { Mirror(self, children: ["url": url]) }
}
