import HTTP
import Loop
import Synchronization

/// A responder made of one closure.
struct Answering: Responder {
    let answer: @Sendable (Request) async throws -> Response

    func respond(to request: Request) async -> Response {
        do {
            return try await answer(request)
        } catch let error as HTTPError {
            return .text("\(error)", status: error.status)
        } catch {
            return .text("\(error)", status: 500)
        }
    }
}

/// The loops of all tests.
enum Loops {
    static let shared = Result { try LoopGroup(count: 2) }
    static let single = Result { try LoopGroup(count: 1) }
}

/// Starts a server on a free port, gives it to `body`, and stops it.
func withServer(
    _ configuration: ServerConfiguration = ServerConfiguration(), loops: LoopGroup? = nil,
    answering answer: @escaping @Sendable (Request) async throws -> Response,
    _ body: (Server) async throws -> Void
) async throws {
    let server = Server(
        configuration: configuration, loops: try loops ?? Loops.shared.get(),
        responder: Answering(answer: answer),
        onRefused: { .text($0.rawValue, status: $0.status) })
    try server.start()
    do {
        try await body(server)
    } catch {
        await server.stop(grace: 0)
        throw error
    }
    await server.stop(grace: 0)
}

/// Something that happens once and is waited for.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())

    func open() {
        let waiters = state.withLock { state in
            state.isOpen = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiters.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// Something noted by the server for the test.
final class Noted<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>
    init(_ value: Value) { mutex = Mutex(value) }
    var value: Value { mutex.withLock { $0 } }
    func change(_ body: (inout sending Value) -> Void) { mutex.withLock { body(&$0) } }
}

/// Says what it was asked.
@Sendable func echo(_ request: Request) async throws -> Response {
    let body = try await request.body.collect(limit: 1 << 20)
    return .text("\(request.method) \(request.target) \(String(decoding: body, as: UTF8.self))")
}
