internal import CLinux
internal import Glibc
internal import Loop
internal import Synchronization

/// The share of a server that lives on one loop: its listening socket, its connections and their buffers.
///
/// `@unchecked Sendable`: after `begin()` everything is touched only on its loop.
final class ServerLoop: IOHandler, @unchecked Sendable {
    private static let scratchSize = 64 * 1024
    private static let bufferSize = 32 * 1024
    private static let bufferCount = 128

    let loop: EventLoop
    let configuration: ServerConfiguration
    let responder: any Responder
    let onRefused: @Sendable (Refusal) -> Response
    let files: BlockingPool
    /// What every socket of this loop is read into.
    let scratch: UnsafeMutableBufferPointer<UInt8>
    /// The Date field, made once a second.
    private(set) var date: [UInt8] = []
    private(set) var isStopping = false
    /// How many connections there are, for other threads.
    let count = Atomic<Int>(0)
    private var census: ConnectionCensus
    private var listener: Int32
    private var registration: Registration?
    private var isAccepting = true
    private var connections: [Connection] = []
    /// How many of them wait for a request.
    private var waiting = 0
    private var evictionHand = 0
    private var buffers: [[UInt8]] = []
    private var stopWaiter: UnsafeContinuation<Void, Never>?

    init(_ loop: EventLoop, of loops: Int, listener: Int32, server: Server) {
        self.loop = loop
        self.listener = listener
        configuration = server.configuration
        responder = server.responder
        onRefused = server.onRefused
        files = server.files
        census = ConnectionCensus(server.configuration, loops: loops)
        scratch = .allocate(capacity: Self.scratchSize)
    }

    deinit { scratch.deallocate() }

    /// Called on the loop.
    func begin() {
        makeDate()
        registration = loop.watch(listener, for: .read, handler: self)
        loop.everySecond { [weak self] in self?.tick() }
    }

    // MARK: Accepting

    func ready(_ events: IOEvents) {
        for _ in 0..<64 { guard acceptNext() else { return } }
    }

    /// Takes the next one in the line; false when there is none.
    private func acceptNext() -> Bool {
        var name = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let socket = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                accept4(listener, $0, &length, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
            }
        }
        guard socket >= 0 else {
            acceptFailed(errno)
            return false
        }
        take(socket, RemoteAddress(name))
        return true
    }

    private func acceptFailed(_ code: Int32) {
        guard [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code), let registration else { return }
        // Nothing is gained by asking again before something has been given back.
        loop.change(registration, to: [])
        isAccepting = false
    }

    private func take(_ socket: Int32, _ remote: RemoteAddress) {
        var remote = remote
        remote.isProxy = configuration.isTrusted(remote.text)
        guard hasRoom(for: remote) else { return turnAway(socket) }
        let connection = Connection(socket, from: remote, home: self)
        connection.slot = connections.count
        connections.append(connection)
        count.store(connections.count, ordering: .relaxed)
        waiting += 1
        connection.open()
    }

    /// Makes room where there is none: connections that ask nothing keep nobody else out.
    private func hasRoom(for remote: RemoteAddress) -> Bool {
        switch census.admit(remote) {
        case .admitted: return true
        case .networkIsFull: guard evict(of: remote.network) else { return false }
        case .loopIsFull: guard evict(of: nil) else { return false }
        }
        return census.admit(remote) == .admitted
    }

    /// Closes a connection of the network that waits for a request, sooner one that never sent any.
    ///
    /// A hand goes round as in a clock: each is looked at again after all others, so the youngest stay.
    private func evict(of network: UInt64?) -> Bool {
        // Nobody is looked for among thousands of streams where nobody waits.
        guard waiting > 0 else { return false }
        var served: Connection?
        for _ in connections.indices {
            if evictionHand >= connections.count { evictionHand = 0 }
            let connection = connections[evictionHand]
            evictionHand += 1
            guard network == nil || (connection.remote.network == network && !connection.remote.isProxy)
            else { continue }
            guard connection.phase == .head, connection.output.isEmpty else { continue }
            guard connection.serial > 0 else {
                connection.close()
                return true
            }
            if served == nil { served = connection }
        }
        guard let served else { return false }
        evictionHand = served.slot + 1
        served.close()
        return true
    }

    /// Keeps the count of those that wait for a request.
    func noteChange(from former: Connection.Phase, to present: Connection.Phase) {
        guard former != present else { return }
        if former == .head { waiting -= 1 }
        if present == .head { waiting += 1 }
    }

    private func turnAway(_ socket: Int32) {
        var answer: [UInt8] = []
        let refusal = onRefused(.tooManyConnections)
        let body: [UInt8] = if case .bytes(let bytes) = refusal.body { bytes } else { [] }
        if ResponseHead.append(
            refusal, framing: .length(Int64(body.count)), isClosing: true, date: date, to: &answer)
        {
            answer.append(contentsOf: body)
            _ = send(socket, answer, answer.count, Int32(MSG_NOSIGNAL))
        }
        shutdown(socket, Int32(SHUT_WR))
        close(socket)
    }

    func remove(_ connection: Connection) {
        let last = connections.removeLast()
        if last !== connection {
            connections[connection.slot] = last
            last.slot = connection.slot
        }
        census.dismiss(connection.remote)
        count.store(connections.count, ordering: .relaxed)
        endIfDone()
    }

    // MARK: Time

    private func tick() {
        guard !(isStopping && connections.isEmpty) else { return }
        makeDate()
        if !isAccepting, let registration {
            isAccepting = true
            loop.change(registration, to: .read)
        }
        // Backwards, since one that closes is replaced by the last.
        for slot in connections.indices.reversed() where slot < connections.count {
            connections[slot].expire(at: loop.now)
        }
    }

    private func makeDate() { date = Array("Date: \(HTTPDate.text(HTTPDate.now()))\r\n".utf8) }

    // MARK: Buffers

    func buffer() -> [UInt8] { buffers.popLast() ?? [] }

    func recycle(_ buffer: consuming [UInt8]) {
        guard buffer.capacity > 0, buffer.capacity <= Self.bufferSize, buffers.count < Self.bufferCount else {
            return
        }
        buffers.append(buffer)
    }

    // MARK: Stopping

    /// Milliseconds in which a handshake that has begun ends.
    private static let handshake: Int64 = 50

    /// Closes what is idle, at once or after `drain` milliseconds, lets the rest finish, and closes that too
    /// after `grace` milliseconds.
    func stop(drain: Int64, grace: Int64) async {
        await withUnsafeContinuation { continuation in
            loop.execute { [self] in
                isStopping = true
                stopWaiter = continuation
                if drain > 0 {
                    // It takes with it who is in its line: nobody joins that, and it is emptied.
                    _ = linux_drop_newcomers(listener)
                    loop.schedule(after: Self.handshake) { [self] in closeListener() }
                    loop.schedule(after: drain) { [self] in closeIdle() }
                } else {
                    closeListener()
                    closeIdle()
                }
                loop.schedule(after: grace) { [self] in closeAll() }
            }
        }
    }

    private func closeListener() {
        // Those in the line are taken, and no more: others may come for ever.
        for _ in 0..<ListeningSocket.backlog { guard acceptNext() else { break } }
        if let registration { loop.unwatch(registration) }
        registration = nil
        close(listener)
        listener = -1
        endIfDone()
    }

    private func closeIdle() {
        for connection in connections.reversed() { connection.closeIfIdle() }
        endIfDone()
    }

    private func closeAll() {
        for connection in connections.reversed() { connection.close() }
    }

    private func endIfDone() {
        guard isStopping, listener < 0, connections.isEmpty, let waiter = stopWaiter else { return }
        stopWaiter = nil
        waiter.resume()
    }
}
