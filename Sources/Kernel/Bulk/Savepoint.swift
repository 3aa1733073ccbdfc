internal import Postgres

/// A part of a transaction that can fail without the rest.
enum Savepoint {
    /// Runs `body`; when it throws, what it wrote is undone and the transaction goes on.
    static func attempt<Value: Sendable>(
        in context: Context, _ body: (Context) async throws(Problem) -> Value
    ) async throws(Problem) -> Value {
        _ = try await context.write(["savepoint attempt"])
        let value: Value
        do { value = try await body(context) } catch {
            _ = try await context.write(["rollback to savepoint attempt", "release savepoint attempt"])
            throw error
        }
        _ = try await context.write(["release savepoint attempt"])
        return value
    }
}
