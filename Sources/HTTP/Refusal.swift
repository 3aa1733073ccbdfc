/// Why a request was refused before any responder saw it; the raw value is a stable code.
///
/// Source of the rules: RFC 9112 read strictly, so that no proxy in front can disagree about where a request
/// ends.
public enum Refusal: String, Error, Sendable, Hashable, CaseIterable {
    /// The request line isn't `method SP target SP HTTP/1.1`.
    case invalidRequestLine = "invalid_request_line"
    /// The target is neither a path nor this host's address, or its escapes or UTF-8 are invalid.
    case invalidTarget = "invalid_target"
    /// The query's escapes or UTF-8 are invalid, or it holds NUL.
    case invalidQuery = "invalid_query"
    /// Another version than HTTP/1.1.
    case unsupportedVersion = "unsupported_version"
    /// A line feed without a carriage return before it.
    case bareLineFeed = "bare_line_feed"
    /// A carriage return without a line feed after it.
    case bareCarriageReturn = "bare_carriage_return"
    /// NUL or another control character in the head.
    case controlCharacter = "control_character"
    /// A field that goes on in the next line.
    case foldedLine = "folded_line"
    /// A field's name is no token, or there is space before the colon.
    case invalidHeaderName = "invalid_header_name"
    /// No Host, or an empty one.
    case missingHost = "missing_host"
    /// More than one Host.
    case repeatedHost = "repeated_host"
    /// Host is no host and port.
    case invalidHost = "invalid_host"
    /// Content-Length is no plain number.
    case invalidLength = "invalid_length"
    /// Content-Length twice, or beside Transfer-Encoding.
    case ambiguousLength = "ambiguous_length"
    /// Transfer-Encoding more than once.
    case repeatedCoding = "repeated_coding"
    /// A transfer coding other than chunked.
    case unsupportedCoding = "unsupported_coding"
    /// An expectation other than 100-continue.
    case unsupportedExpectation = "unsupported_expectation"
    /// The head is over the limit, in bytes or in fields.
    case headTooLarge = "head_too_large"
    /// The declared length is over the server's limit.
    case bodyTooLarge = "body_too_large"
    /// The chunks of a body are malformed.
    case invalidChunk = "invalid_chunk"
    /// The parts of a multipart body are malformed.
    case invalidMultipart = "invalid_multipart"
    /// The head didn't arrive in time.
    case headTimedOut = "head_timed_out"
    /// The server, or the client's address, has as many connections as it may.
    case tooManyConnections = "too_many_connections"
    /// The responder's answer can't be sent: a control character in a field, an unknown status, a failed
    /// stream.
    case invalidResponse = "invalid_response"

    /// The status that belongs to it.
    public var status: Int {
        switch self {
        case .unsupportedVersion: 505
        case .unsupportedCoding: 501
        case .unsupportedExpectation: 417
        case .headTooLarge: 431
        case .bodyTooLarge: 413
        case .headTimedOut: 408
        case .tooManyConnections: 503
        case .invalidResponse: 500
        default: 400
        }
    }
}
