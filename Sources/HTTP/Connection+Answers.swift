internal import Loop

/// Answering: the head, the body, and streams.
extension Connection {
    /// Takes the responder's answer to the request with that number.
    func answer(_ response: Response, _ serial: UInt64) async {
        guard phase == .handling, serial == self.serial else { return }
        if case .stream(let produce) = response.body, !isHeadOnly, Self.hasBody(response.status) {
            await stream(response, produce)
        } else if case .events(let subscriber) = response.body, !isHeadOnly {
            openEvents(response, subscriber)
        } else {
            queue(response)
        }
        advance()
    }

    /// Puts a whole answer behind what is to be sent.
    func queue(_ response: Response) {
        if !finishBody() { mustClose = true }
        phase = .sending
        deadline = home.loop.now + home.configuration.progressTimeout
        let framing: ResponseHead.Framing =
            Self.hasBody(response.status) ? response.body.length.map { .length($0) } ?? .chunked : .none
        guard appendHead(response, framing: framing) else { return queueFault() }
        guard !isHeadOnly, Self.hasBody(response.status) else { return }
        switch response.body {
        case .none, .stream, .events: break
        case .bytes(let bytes): output.append(bytes)
        case .pieces(let pieces): for piece in pieces { output.append(piece) }
        case .file(let file, let offset, let length): output.append(file, offset: offset, length: length)
        }
    }

    /// What is sent in place of an answer that can't be.
    private func queueFault() {
        mustClose = true
        let fault = home.onRefused(.invalidResponse)
        guard case .bytes(let bytes) = fault.body,
            appendHead(fault, framing: .length(Int64(bytes.count)))
        else {
            _ = appendHead(Response(status: 500), framing: .length(0))
            return
        }
        if !isHeadOnly { output.append(bytes) }
    }

    func appendHead(_ response: Response, framing: ResponseHead.Framing) -> Bool {
        if home.isStopping || response.closesConnection { mustClose = true }
        if output.isEmpty { output.bytes = home.buffer() }
        return ResponseHead.append(
            response, framing: framing, isClosing: mustClose, date: home.date, to: &output.bytes)
    }

    private static func hasBody(_ status: Int) -> Bool { status != 204 && status != 304 }

    // MARK: Streams

    private func stream(
        _ response: Response, _ produce: @Sendable (ResponseWriter) async throws -> Void
    ) async {
        let serial = serial
        streamHead = response
        do {
            try await produce(ResponseWriter(self, serial: serial))
        } catch {
            guard phase == .handling, serial == self.serial else { return }
            // The client can tell a broken stream only by the missing last chunk.
            guard streamHead != nil else { return close() }
            streamHead = nil
            return refuse(.invalidResponse)
        }
        guard phase == .handling, serial == self.serial, beginStream() else { return }
        ResponseHead.append("0\r\n\r\n", to: &output.bytes)
        phase = .sending
        deadline = home.loop.now + home.configuration.progressTimeout
    }

    /// Puts the stream's head before its first chunk; false when the head can't be sent.
    private func beginStream() -> Bool {
        guard let head = streamHead else { return true }
        streamHead = nil
        owesContinue = false
        if !body.isComplete { mustClose = true }
        if appendHead(head, framing: .chunked) { return true }
        refuse(.invalidResponse)
        return false
    }

    /// Sends one chunk; none when it is empty, which would end the stream.
    func writeChunk(_ bytes: [UInt8], _ serial: UInt64) async throws(HTTPError) {
        home.loop.checkIsolated()
        guard phase == .handling, serial == self.serial else { throw .disconnected }
        precondition(outputWaiter == nil, "a stream is written by one task at a time")
        guard beginStream() else { throw .disconnected }
        if !bytes.isEmpty {
            ResponseHead.append(hexadecimal: bytes.count, to: &output.bytes)
            ResponseHead.append("\r\n", to: &output.bytes)
            output.append(bytes)
            output.append([ASCII.carriageReturn, ASCII.lineFeed])
        }
        flush()
        if !output.isEmpty { await waitForOutput() }
        guard phase == .handling, serial == self.serial else { throw .disconnected }
        body.sincePause += bytes.count
        if body.sincePause > Self.pauseSize {
            body.sincePause = 0
            await letOthersIn()
        }
    }

    private func waitForOutput() async {
        await withUnsafeContinuation { continuation in
            // Looked at here, since the rest may have gone on the way into the continuation.
            guard !output.isEmpty, phase == .handling else { return continuation.resume() }
            deadline = home.loop.now + home.configuration.progressTimeout
            outputWaiter = continuation
        }
        if phase == .handling { deadline = .max }
    }
}

extension Response {
    var closesConnection: Bool {
        headers.contains { HeaderName.equals($0.name, "connection") && HeaderName.equals($0.value, "close") }
    }
}
