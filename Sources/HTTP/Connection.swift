internal import CLinux
internal import Glibc
internal import Loop

/// One client's connection: it reads a head, starts the responder's task, sends the answer, and begins again.
///
/// What is here is its life; reading, answering and sending stand in the extensions beside it.
/// `@unchecked Sendable`: everything is touched only on the loop that accepted it.
final class Connection: IOHandler, @unchecked Sendable {
    enum Phase {
        /// Waiting for a head, or reading one.
        case head
        /// The responder's task runs.
        case handling
        /// The answer is whole and being sent.
        case sending
        /// The answer is an event stream: idle, but for what others send.
        case streaming
        /// The sending side is shut; what the client still sends is dropped.
        case lingering
        case closed
    }

    let home: ServerLoop
    let socket: Int32
    let remote: RemoteAddress
    let remoteAddress: String
    /// Its place among the loop's connections.
    var slot = 0
    var phase = Phase.head {
        didSet { home.noteChange(from: oldValue, to: phase) }
    }
    /// When to give up what it waits for, in milliseconds of the loop's clock.
    var deadline: Int64
    private var registration: Registration?

    /// Bytes read and not yet used, from `pendingStart` on.
    var pending: [UInt8] = []
    var pendingStart = 0
    var scanner = HeadScanner()
    var mayRead = false
    var hasHungUp = false
    var inputWaiter: UnsafeContinuation<Void, Never>?

    /// Counts the requests, so that a body or writer of a former one is told from the present one's.
    var serial: UInt64 = 0
    var body = IncomingBody(.none)
    var owesContinue = false
    var isHeadOnly = false
    var mustClose = false
    var task: Task<Void, Never>?
    var isAdvancing = false

    var output = OutputQueue()
    var mayWrite = true
    var outputWaiter: UnsafeContinuation<Void, Never>?
    /// The head of a stream that has not begun.
    var streamHead: Response?
    /// Who listens, while the answer is an event stream.
    var subscriber: (any EventSubscriber)?
    /// Bytes of an event stream that may wait for the client.
    var eventLimit = 0

    init(_ socket: Int32, from remote: RemoteAddress, home: ServerLoop) {
        self.home = home
        self.socket = socket
        self.remote = remote
        remoteAddress = remote.text
        deadline = home.loop.now + home.configuration.idleTimeout
    }

    func open() {
        registration = home.loop.watch(socket, for: [.read, .write, .hangUp, .edgeTriggered], handler: self)
    }

    func ready(_ events: IOEvents) {
        guard phase != .closed else { return }
        // Both directions are over: nothing can be read that matters, nothing sent.
        if !events.isDisjoint(with: [.failed, .over]) { return close() }
        if events.contains(.halfClosed) { hasHungUp = true }
        if events.contains(.read) || hasHungUp { mayRead = true }
        if events.contains(.write) { mayWrite = true }
        switch phase {
        case .head, .sending: advance()
        case .handling: readyWhileHandling()
        case .streaming: readyWhileStreaming()
        case .lingering: drain()
        case .closed: break
        }
    }

    private func readyWhileHandling() {
        if mayRead, inputWaiter != nil {
            resumeInput()
        } else if hasHungUp {
            cancelIfDeparted()
        }
        if mayWrite { flush() }
    }

    /// Cancels the task when the client has closed behind a whole request, with nothing pipelined.
    private func cancelIfDeparted() {
        guard body.isComplete, pendingStart == pending.count else { return }
        var byte: UInt8 = 0
        if recv(socket, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) == 0 { task?.cancel() }
    }

    /// Closes it between requests, unless the next one is in the socket already; ends an event stream.
    func closeIfIdle() {
        if phase == .streaming { return endEvents() }
        guard phase == .head else { return }
        mayRead = true
        advance()
        if phase == .head, pendingStart == pending.count, output.isEmpty { close() }
    }

    /// Looked at once a second.
    func expire(at now: Int64) {
        guard now >= deadline else { return }
        switch phase {
        case .head where pendingStart < pending.count && output.isEmpty:
            refuse(.headTimedOut)
            advance()
        case .handling where inputWaiter != nil:
            body.failure = .timedOut
            resumeInput()
        case .handling where outputWaiter == nil: deadline = .max
        case .streaming: expireStream()
        case .handling, .sending: abort()
        case .head, .lingering, .closed: close()
        }
    }

    /// Lets the client read the answer: shuts the sending side and reads on for a while.
    func linger() {
        guard shutdown(socket, Int32(SHUT_WR)) == 0 else { return close() }
        phase = .lingering
        mayRead = mayRead || hasHungUp
        deadline = home.loop.now + home.configuration.lingerTimeout
        releaseBuffers()
        drain()
    }

    private func drain() {
        while mayRead, phase == .lingering {
            if case .end = fill() { close() }
        }
    }

    /// Ends it with a reset, so that the system keeps nothing for a client that takes nothing.
    func abort() {
        var reset = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<Glibc.linger>.size))
        close()
    }

    /// Ends it at once; the responder's task is cancelled.
    func close() {
        guard phase != .closed else { return }
        phase = .closed
        leaveStream()
        if let registration { home.loop.unwatch(registration) }
        Glibc.close(socket)
        home.remove(self)
        releaseBuffers()
        streamHead = nil
        task?.cancel()
        task = nil
        resumeInput()
        resumeOutput()
    }

    func resumeInput() {
        let waiter = inputWaiter
        inputWaiter = nil
        waiter?.resume()
    }

    func resumeOutput() {
        let waiter = outputWaiter
        outputWaiter = nil
        waiter?.resume()
    }

    private func releaseBuffers() {
        home.recycle(output.reset())
        pending = []
        pendingStart = 0
    }
}

extension IOEvents {
    /// The client has shut its sending side.
    static let halfClosed = IOEvents(rawValue: EPOLLRDHUP.rawValue)
    /// Both sides are shut.
    static let over = IOEvents(rawValue: EPOLLHUP.rawValue)
}
