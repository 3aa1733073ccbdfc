internal import Glibc
internal import Loop

/// Reading heads, in order, and starting the responder on them.
extension Connection {
    /// Requests of one connection in one turn of the loop, before others are let in.
    private static let turnLimit = 64

    enum Input { case bytes(Int), none, end }

    private var unread: Int { pending.count - pendingStart }

    /// Goes on as far as input, output and the responder allow.
    func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        var turns = 0
        while true {
            switch phase {
            case .head:
                guard turns < Self.turnLimit else { return pause() }
                guard output.isEmpty || mayWrite, takeRequest() else { return flush() }
                turns += 1
            case .sending:
                guard sendAnswer() else { return }
            case .handling: return flush()
            case .streaming: return flush()
            case .lingering, .closed: return
            }
        }
    }

    private func pause() {
        flush()
        home.loop.execute { [self] in
            if phase == .head { advance() }
        }
    }

    /// Whether the next request's turn has come. Answers to pipelined requests are gathered.
    private func sendAnswer() -> Bool {
        if unread > 0, !mustClose, !output.isBulky {
            awaitHead()
            return true
        }
        flush()
        guard phase == .sending, output.isEmpty else { return false }
        if mustClose {
            linger()
        } else {
            awaitHead()
        }
        return true
    }

    private func awaitHead() {
        phase = .head
        task = nil
        scanner = HeadScanner()
        isHeadOnly = false
        owesContinue = false
        let configuration = home.configuration
        deadline = home.loop.now + (unread > 0 ? configuration.headTimeout : configuration.idleTimeout)
    }

    /// Reads towards the next head; false when nothing more can be done now.
    private func takeRequest() -> Bool {
        if unread > scanner.scanned { return takePending() }
        guard mayRead else { return false }
        switch fill() {
        case .none: return false
        case .end: return endInput()
        case .bytes(let count):
            let input = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(home.scratch)[..<count])
            if unread > 0 {
                pending.append(contentsOf: input)
                return takePending()
            }
            deadline = home.loop.now + home.configuration.headTimeout
            guard let end = scan(input) else {
                if phase == .head { keep(input) }
                return true
            }
            let bytes = Array(input[..<end])
            keep(UnsafeBufferPointer(rebasing: input[end...]))
            begin(bytes)
            return true
        }
    }

    /// The client sends no more: what was gathered is sent, what was begun is dropped.
    private func endInput() -> Bool {
        guard !output.isEmpty else {
            close()
            return false
        }
        mustClose = true
        phase = .sending
        deadline = home.loop.now + home.configuration.progressTimeout
        return true
    }

    private func takePending() -> Bool {
        let end = pending.withUnsafeBufferPointer { scan(UnsafeBufferPointer(rebasing: $0[pendingStart...])) }
        if let end {
            let bytes = Array(pending[pendingStart..<pendingStart + end])
            use(end)
            begin(bytes)
        }
        return true
    }

    private func scan(_ input: UnsafeBufferPointer<UInt8>) -> Int? {
        do {
            return try scanner.end(of: input, limit: home.configuration.headLimit)
        } catch {
            refuse(error)
            return nil
        }
    }

    private func begin(_ bytes: [UInt8]) {
        let head: RequestHead
        do {
            head = try RequestHead.parse(bytes, fieldLimit: home.configuration.fieldLimit)
        } catch {
            return refuse(error)
        }
        serial += 1
        phase = .handling
        deadline = .max
        body = IncomingBody(head.framing)
        owesContinue = head.expectsContinue
        isHeadOnly = head.method == .head
        mustClose = !head.isKeepAlive
        if case .length(let length) = head.framing, length > home.configuration.bodyLimit {
            return refuse(.bodyTooLarge)
        }
        start(
            Request(
                head: head, body: requestBody(head.framing), remoteAddress: address(of: head),
                receivedAt: Monotonic.microseconds()))
    }

    private func address(of head: RequestHead) -> String {
        guard remote.isProxy else { return remoteAddress }
        return home.configuration.client(
            behind: remoteAddress, Headers(bytes: head.bytes, fields: head.fields))
    }

    private func requestBody(_ framing: RequestHead.Framing) -> RequestBody {
        switch framing {
        case .none: .empty
        case .length(let length): RequestBody(of: self, serial: serial, declaredLength: length)
        case .chunked: RequestBody(of: self, serial: serial, declaredLength: nil)
        }
    }

    private func start(_ request: Request) {
        let serial = serial
        let started = home.loop.startNow { [self] in
            let response = await home.responder.respond(to: request)
            await answer(response, serial)
        }
        if phase == .handling, self.serial == serial { task = started }
    }

    /// Answers a request that no responder sees; the connection ends behind it.
    func refuse(_ refusal: Refusal) {
        mustClose = true
        queue(home.onRefused(refusal))
    }

    /// One read into the loop's scratch buffer. A short one has emptied the socket, unless the client has
    /// hung up.
    func fill() -> Input {
        while true {
            let count = read(socket, home.scratch.baseAddress, home.scratch.count)
            if count > 0 {
                if count < home.scratch.count, !hasHungUp { mayRead = false }
                return .bytes(count)
            }
            if count < 0, errno == EINTR { continue }
            mayRead = false
            return count < 0 && errno == EAGAIN ? .none : .end
        }
    }

    /// Keeps bytes for later.
    func keep(_ input: UnsafeBufferPointer<UInt8>) {
        guard !input.isEmpty else { return }
        if pending.capacity == 0 { pending = home.buffer() }
        pending.append(contentsOf: input)
    }

    /// Drops used bytes from the front of what was kept; an emptied buffer goes back to the loop.
    func use(_ count: Int) {
        pendingStart += count
        guard pendingStart == pending.count else { return }
        pendingStart = 0
        var emptied: [UInt8] = []
        swap(&emptied, &pending)
        emptied.removeAll(keepingCapacity: true)
        home.recycle(emptied)
    }
}
