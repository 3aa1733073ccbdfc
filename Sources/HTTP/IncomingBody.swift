/// How much of a request's body has come, and how its end is told.
struct IncomingBody {
    private var remaining: Int64 = 0
    private var decoder: ChunkedDecoder?
    private var received: Int64 = 0
    /// What every later read tells again.
    var failure: HTTPError?
    /// Bytes handed over since the reader last let others run.
    var sincePause = 0

    init(_ framing: RequestHead.Framing) {
        switch framing {
        case .none: break
        case .length(let length): remaining = length
        case .chunked: decoder = ChunkedDecoder()
        }
    }

    var isComplete: Bool { decoder.map(\.isFinished) ?? (remaining == 0) }

    /// Moves what belongs to the body from `input` to `output`; gives how many bytes of `input` were used.
    mutating func take(
        _ input: UnsafeBufferPointer<UInt8>, limit: Int64, into output: inout [UInt8]
    ) throws(HTTPError) -> Int {
        guard decoder != nil else {
            let count = Int(min(remaining, Int64(input.count)))
            output.append(contentsOf: UnsafeBufferPointer(rebasing: input[..<count]))
            remaining -= Int64(count)
            return count
        }
        let used: Int
        do {
            // Optional chaining changes the decoder in place; nil was excluded above.
            used = try decoder?.decode(input, into: &output) ?? 0
        } catch {
            throw failed(.malformed(error))
        }
        received += Int64(output.count)
        guard received <= limit else { throw failed(.tooLarge(limit: limit)) }
        return used
    }

    private mutating func failed(_ error: HTTPError) -> HTTPError {
        failure = error
        return error
    }
}
