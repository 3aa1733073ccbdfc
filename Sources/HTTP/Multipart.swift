/// Reads a multipart/form-data body part by part (RFC 7578), never holding more than one piece of it; a class
/// because reading uses it up.
///
/// `@unchecked Sendable`: only the task that answers the request touches it.
public final class Multipart: @unchecked Sendable {
    /// What is borne before a part's own limit.
    public struct Limits: Sendable {
        /// The most parts.
        public var parts = 100
        /// The longest head of a part, in bytes.
        public var head = 8 * 1024
        /// The longest body in all, in bytes.
        public var total: Int64 = 1 << 30
        /// The values above.
        public init() {}
    }

    let body: RequestBody
    private let limits: Limits
    private var window: MultipartWindow
    private var ordinal = 0
    private var isInPart = false
    private var isOver = false
    private var received: Int64 = 0

    /// Begins with a request's body.
    ///
    /// - Throws: `notMultipart` when Content-Type isn't multipart/form-data with a boundary; `tooLarge` when
    ///   the declared length is over the limit.
    public init(_ request: Request, limits: Limits = Limits()) throws(HTTPError) {
        guard let type = request.headers["Content-Type"], let parsed = ParameterizedValue(type),
            parsed.value.lowercased() == "multipart/form-data", let boundary = parsed["boundary"],
            (1...70).contains(boundary.utf8.count)
        else { throw .notMultipart }
        try request.body.checkDeclared(limits.total)
        self.limits = limits
        body = request.body
        window = MultipartWindow(boundary: boundary)
    }

    /// The next part; what the one before has left unread is skipped. Nil behind the last.
    ///
    /// - Throws: `malformed`, `tooManyParts`, `tooLarge`, and as `RequestBody.next()`.
    public func next() async throws(HTTPError) -> MultipartPart? {
        guard !isOver else { return nil }
        if ordinal == 0 { try await skipPreamble() }
        while try await piece(of: ordinal) != nil {}
        guard try await hasAnotherPart() else {
            isOver = true
            // Nothing should follow; what does is read so that the connection can go on.
            window.clear()
            while try await read() { window.clear() }
            return nil
        }
        guard ordinal < limits.parts else { throw .tooManyParts(limit: limits.parts) }
        let head = try await partHead()
        ordinal += 1
        isInPart = true
        return MultipartPart(of: self, ordinal: ordinal, head: head)
    }

    /// The next bytes of the part with that number; nil at its end, or when a later one has begun.
    func piece(of ordinal: Int) async throws(HTTPError) -> [UInt8]? {
        guard isInPart, ordinal == self.ordinal else { return nil }
        while true {
            let (piece, isLast) = window.takeData()
            if isLast { isInPart = false }
            if !piece.isEmpty { return piece }
            if isLast { return nil }
            try await readOn()
        }
    }

    private func skipPreamble() async throws(HTTPError) {
        while true {
            let (skipped, isLast) = window.takeData()
            if isLast { return }
            if skipped.count > limits.head { throw .malformed(.invalidMultipart) }
            try await readOn()
        }
    }

    /// Whether the delimiter just passed begins a part, not the end.
    private func hasAnotherPart() async throws(HTTPError) -> Bool {
        while true {
            switch window.takeDelimiterEnd() {
            case .part: return true
            case .end: return false
            case .malformed: throw .malformed(.invalidMultipart)
            case .incomplete: try await readOn()
            }
        }
    }

    private func partHead() async throws(HTTPError) -> MultipartHead {
        while true {
            if let bytes = window.takeHead() {
                guard bytes.count <= limits.head else { throw .malformed(.invalidMultipart) }
                guard let head = MultipartHead(bytes) else { throw .malformed(.invalidMultipart) }
                return head
            }
            guard window.count <= limits.head else { throw .malformed(.invalidMultipart) }
            try await readOn()
        }
    }

    private func readOn() async throws(HTTPError) {
        guard try await read() else { throw .malformed(.invalidMultipart) }
    }

    private func read() async throws(HTTPError) -> Bool {
        guard let bytes = try await body.next() else { return false }
        received += Int64(bytes.count)
        guard received <= limits.total else { throw .tooLarge(limit: limits.total) }
        window.append(bytes)
        return true
    }
}
