internal import Loop

/// Reading a request's body as its responder asks for it.
extension Connection {
    /// How much one reader or writer takes before others are let in.
    static let pauseSize = 256 * 1024

    /// The next bytes of the request's body; nil at its end.
    func nextBody(_ serial: UInt64) async throws(HTTPError) -> [UInt8]? {
        home.loop.checkIsolated()
        while true {
            guard phase == .handling, serial == self.serial else { throw .disconnected }
            if let failure = body.failure { throw failure }
            guard !body.isComplete else { return nil }
            sayContinue()
            let chunk = try takeBody()
            if !chunk.isEmpty {
                body.sincePause += chunk.count
                if body.sincePause > Self.pauseSize {
                    body.sincePause = 0
                    await letOthersIn()
                }
                return chunk
            }
            if !body.isComplete { await waitForInput() }
        }
    }

    /// Waits for the loop's next turn. `Task.yield()` would go by way of Swift's own pool.
    func letOthersIn() async {
        await withUnsafeContinuation { continuation in
            home.loop.execute { continuation.resume() }
        }
    }

    private func waitForInput() async {
        body.sincePause = 0
        await withUnsafeContinuation { continuation in
            // Looked at here, since events may have come on the way into the continuation.
            guard !mayRead, phase == .handling else { return continuation.resume() }
            precondition(inputWaiter == nil, "a request's body is read by one task at a time")
            deadline = home.loop.now + home.configuration.progressTimeout
            inputWaiter = continuation
        }
        if phase == .handling { deadline = .max }
    }

    private func takeBody() throws(HTTPError) -> [UInt8] {
        var chunk: [UInt8] = []
        if pendingStart < pending.count { try takeKept(into: &chunk) }
        while chunk.isEmpty, mayRead, !body.isComplete {
            switch fill() {
            case .none: break
            case .end:
                body.failure = .disconnected
                throw .disconnected
            case .bytes(let count):
                let input = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(home.scratch)[..<count])
                let used = try body.take(input, limit: home.configuration.bodyLimit, into: &chunk)
                keep(UnsafeBufferPointer(rebasing: input[used...]))
            }
        }
        return chunk
    }

    private func takeKept(into chunk: inout [UInt8]) throws(HTTPError) {
        let limit = home.configuration.bodyLimit
        var used = 0
        var failure: HTTPError?
        pending.withUnsafeBufferPointer { kept in
            do throws(HTTPError) {
                used = try body.take(
                    UnsafeBufferPointer(rebasing: kept[pendingStart...]), limit: limit, into: &chunk)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        use(used)
    }

    /// Drops what of an unread body is here already; false when more would have to come.
    func finishBody() -> Bool {
        guard !body.isComplete else { return true }
        guard body.failure == nil, !owesContinue || pendingStart < pending.count else { return false }
        var dropped: [UInt8] = []
        do throws(HTTPError) {
            if pendingStart < pending.count { try takeKept(into: &dropped) }
        } catch {
            return false
        }
        return body.isComplete
    }

    private func sayContinue() {
        guard owesContinue else { return }
        owesContinue = false
        guard pendingStart == pending.count else { return }
        ResponseHead.append("HTTP/1.1 100 Continue\r\n\r\n", to: &output.bytes)
        flush()
    }
}
