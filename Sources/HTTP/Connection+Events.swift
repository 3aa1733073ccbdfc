internal import CLinux
internal import Glibc
internal import Loop

/// Event streams: a connection that waits in silence, and is written to from outside.
extension Connection {
    /// The most bytes that wait for a client whose socket is full, besides what it had missed before.
    private static let backlogLimit = 256 * 1024
    /// Milliseconds after which the system gives up a client that acknowledges nothing.
    private static let acknowledgement: Int32 = 60_000

    /// Answers with an event stream; the connection ends with it.
    func openEvents(_ response: Response, _ subscriber: any EventSubscriber) {
        guard !hasHungUp else { return close() }
        mustClose = true
        owesContinue = false
        guard appendHead(response, framing: .chunked) else { return refuse(.invalidResponse) }
        var patience = Self.acknowledgement
        setsockopt(
            socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &patience, socklen_t(MemoryLayout<Int32>.size))
        task = nil
        (pending, pendingStart) = ([], 0)
        phase = .streaming
        eventLimit = Self.backlogLimit
        // The socket may be full of former answers.
        deadline = home.loop.now + home.configuration.progressTimeout
        self.subscriber = subscriber
        subscriber.opened(EventStream(self))
        if home.isStopping { endEvents() }
        flush()
    }

    func readyWhileStreaming() {
        // A stream's client has nothing to say: one that shuts its side has gone.
        if hasHungUp { return close() }
        if !output.isEmpty { flush() }
    }

    /// Looked at when the deadline of a stream has passed.
    func expireStream() {
        guard output.isEmpty, let subscriber else { return abort() }
        sendEvents(subscriber.heartbeat())
    }

    /// The client has all there is.
    func awaitSilence() {
        deadline = home.loop.now + home.configuration.silence
        eventLimit = Self.backlogLimit
    }

    func sendEvents(_ chunk: EventChunk) {
        home.loop.checkIsolated()
        guard phase == .streaming, !chunk.bytes.isEmpty else { return }
        guard output.isEmpty else {
            guard output.waiting + chunk.bytes.count <= eventLimit else { return abort() }
            return output.append(chunk.bytes)
        }
        switch OutputQueue.send(chunk.bytes, from: 0, to: socket, more: false) {
        case .sent(let count) where count == chunk.bytes.count: awaitSilence()
        case .sent(let count): keepEvents(chunk.bytes[count...])
        case .full: keepEvents(chunk.bytes[...])
        case .failed: abort()
        }
    }

    /// What the socket has not taken at once waits for the client, which may lag a little.
    private func keepEvents(_ rest: ArraySlice<UInt8>) {
        guard rest.count <= eventLimit else { return abort() }
        output.bytes = home.buffer()
        output.append(Array(rest))
        deadline = home.loop.now + home.configuration.progressTimeout
        flush()
    }

    func fillEvents(_ chunk: EventChunk) {
        home.loop.checkIsolated()
        guard phase == .streaming, !chunk.bytes.isEmpty else { return }
        if output.isEmpty { output.bytes = home.buffer() }
        output.append(chunk.bytes)
        eventLimit = max(eventLimit, output.waiting + Self.backlogLimit)
        flush()
    }

    /// Ends it for a caller who may hear no more: what still waits for the client is not sent.
    func cutEvents() {
        home.loop.checkIsolated()
        guard phase == .streaming else { return }
        if output.isEmpty { endEvents() } else { abort() }
    }

    /// Ends it in order, behind what still waits.
    func endEvents() {
        home.loop.checkIsolated()
        guard phase == .streaming else { return }
        leaveStream()
        if output.isEmpty { output.bytes = home.buffer() }
        output.append(Array("0\r\n\r\n".utf8))
        phase = .sending
        deadline = home.loop.now + home.configuration.progressTimeout
        advance()
    }

    func leaveStream() {
        let left = subscriber
        subscriber = nil
        left?.closed()
    }
}
