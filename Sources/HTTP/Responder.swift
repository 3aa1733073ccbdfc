/// Answers requests. It is called once for each, as a task on the loop of the request's connection.
///
/// The task is cancelled when the client goes away or the server's grace has passed. Whatever reads the body
/// or writes a stream must stay on that loop: child tasks do, `Task { }` does not.
public protocol Responder: Sendable {
    /// The answer to one request.
    func respond(to request: Request) async -> Response
}
