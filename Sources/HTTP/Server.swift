internal import CLinux
internal import Glibc
public import Loop
internal import Synchronization

/// An HTTP/1.1 server on a group of loops; a class because it owns sockets. TLS and HTTP/2 are a proxy's in
/// front.
public final class Server: Sendable {
    let configuration: ServerConfiguration
    let responder: any Responder
    let onRefused: @Sendable (Refusal) -> Response
    let files = BlockingPool(threads: 2)
    private let loops: LoopGroup
    private let state = Mutex(State())

    private struct State {
        var port = 0
        var shares: [ServerLoop] = []
        var isStopped = false
    }

    /// Makes a server that doesn't listen yet.
    ///
    /// `onRefused` makes the answers to requests that no responder sees; it is called on any loop and is
    /// given `.invalidResponse` when the responder's own answer can't be sent.
    public init(
        configuration: ServerConfiguration, loops: LoopGroup, responder: any Responder,
        onRefused: @escaping @Sendable (Refusal) -> Response
    ) {
        var configuration = configuration
        configuration.headLimit = min(configuration.headLimit, Int(UInt16.max))
        self.configuration = configuration
        self.loops = loops
        self.responder = responder
        self.onRefused = onRefused
    }

    /// Listens, once, with a socket for each loop. SIGPIPE is ignored from now on, for the whole process.
    ///
    /// - Throws: `ServerError`, with nothing left open.
    public func start() throws(ServerError) {
        signal(SIGPIPE, SIG_IGN)
        try ListeningSocket.demandFree(address: configuration.address, port: configuration.port)
        var sockets: [Int32] = []
        var port = configuration.port
        do throws(ServerError) {
            for _ in loops.loops {
                let (socket, bound) = try ListeningSocket.open(address: configuration.address, port: port)
                sockets.append(socket)
                port = bound
            }
        } catch {
            for socket in sockets { close(socket) }
            throw error
        }
        let shares = zip(loops.loops, sockets).map {
            ServerLoop($0, of: sockets.count, listener: $1, server: self)
        }
        state.withLock { $0 = State(port: port, shares: shares) }
        for share in shares { share.loop.execute { share.begin() } }
    }

    /// The port that it is to listen on; 0 for any.
    public var wantedPort: Int { configuration.port }

    /// The port that it listens on; 0 before `start()`.
    public var port: Int { state.withLock { $0.port } }

    /// How many connections there are.
    public var connectionCount: Int {
        state.withLock { $0.shares.reduce(0) { $0 + $1.count.load(ordering: .relaxed) } }
    }

    /// Stops listening, closes idle connections, lets the others finish their request for up to `seconds`,
    /// then closes those too and cancels their tasks.
    ///
    /// For `drain` seconds idle connections stay: a request that a proxy has sent on one before it knew of
    /// the end is answered, by an answer that closes the connection. It ends earlier when none are left.
    public func stop(drain: Int = 0, grace seconds: Int) async {
        let shares = state.withLock { state in
            defer { state.isStopped = true }
            return state.isStopped ? [] : state.shares
        }
        await withTaskGroup(of: Void.self) { group in
            for share in shares {
                group.addTask {
                    await share.stop(drain: Int64(drain) * 1000, grace: Int64(max(drain, seconds)) * 1000)
                }
            }
        }
        files.stop()
    }
}
