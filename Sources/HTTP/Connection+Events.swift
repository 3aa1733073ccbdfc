internal import CLinux
internal import Glibc
internal import Loop

/// Event streams: a connection that waits in silence, and is written to from outside.
extension Connection {
    /// The most bytes that wait for a client that still takes what it missed.
    private static let backlogLimit = 1 << 20
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

    func awaitSilence() { deadline = home.loop.now + home.configuration.silence }

    func sendEvents(_ chunk: EventChunk) {
        home.loop.checkIsolated()
        guard phase == .streaming, !chunk.bytes.isEmpty else { return }
        guard output.isEmpty else {
            guard output.waiting + chunk.bytes.count <= Self.backlogLimit else { return abort() }
            return output.append(chunk.bytes)
        }
        guard case .sent(let count) = OutputQueue.send(chunk.bytes, from: 0, to: socket, more: false),
            count == chunk.bytes.count
        else { return abort() }
        awaitSilence()
    }

    func fillEvents(_ chunk: EventChunk) {
        home.loop.checkIsolated()
        guard phase == .streaming, !chunk.bytes.isEmpty else { return }
        if output.isEmpty { output.bytes = home.buffer() }
        output.append(chunk.bytes)
        flush()
    }

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
