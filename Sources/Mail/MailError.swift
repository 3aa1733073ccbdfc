/// Why a message was not made or not handed over; never says to whom.
public enum MailError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not an address of ASCII letters as in RFC 5321, dot-atom at domain.
    case badAddress
    /// A line break or another control in a header, or a name that isn't the caller's to set.
    case badHeader
    /// Nobody to send to.
    case noRecipient
    /// The server refuses for good, with its status of RFC 5321 (5xx).
    case refused(status: Int)
    /// The server wants the message later, with its status (4xx).
    case deferred(status: Int)
    /// No encrypted connection to a server that is trusted.
    case notEncrypted
    /// The server rejects user and password.
    case loginDenied
    /// Anything else on the way, with libcurl's code.
    case unreachable(code: Int)
    /// The outbox can't be written, with errno.
    case outboxFailed(errno: Int32)

    /// Whether sending the same message again is of no use.
    public var isPermanent: Bool {
        switch self {
        case .badAddress, .badHeader, .noRecipient, .refused: true
        case .deferred, .notEncrypted, .loginDenied, .unreachable, .outboxFailed: false
        }
    }

    /// The reason and the code.
    public var description: String {
        switch self {
        case .badAddress: "mail: an address is not one"
        case .badHeader: "mail: a header is not allowed"
        case .noRecipient: "mail: no recipient"
        case .refused(let status): "mail: refused with \(status)"
        case .deferred(let status): "mail: deferred with \(status)"
        case .notEncrypted: "mail: no trusted encrypted connection"
        case .loginDenied: "mail: login denied"
        case .unreachable(let code): "mail: not delivered, curl code \(code)"
        case .outboxFailed(let errno): "mail: outbox not writable, errno \(errno)"
        }
    }
}
