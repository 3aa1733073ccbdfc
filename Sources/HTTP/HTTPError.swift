/// What can go wrong while a responder reads a request or writes its answer.
public enum HTTPError: Error, Sendable, Equatable {
    /// The body is longer than the limit, in bytes; told before anything is read when the length was
    /// declared.
    case tooLarge(limit: Int64)
    /// The body or the query breaks its format.
    case malformed(Refusal)
    /// No byte came or went for too long.
    case timedOut
    /// The client has gone, or the request is over.
    case disconnected
    /// The request isn't multipart/form-data.
    case notMultipart
    /// A multipart body has more parts than allowed.
    case tooManyParts(limit: Int)
    /// A file can't be opened, read or written: the errno.
    case storage(errno: Int32)

    /// The status that an answer about it has.
    public var status: Int {
        switch self {
        case .tooLarge, .tooManyParts: 413
        case .malformed(let refusal): refusal.status
        case .timedOut: 408
        case .disconnected: 400
        case .notMultipart: 415
        case .storage: 500
        }
    }
}
