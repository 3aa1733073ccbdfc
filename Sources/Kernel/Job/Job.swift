public import Wire

/// A kind of background work, kept in PostgreSQL and run at least once by a worker.
public protocol Job: Sendable {
    /// What it is told: a shape, kept as JSON.
    associatedtype Payload: Shape
    /// Stable for ever.
    static var kind: String { get }
    /// Raised when the payload's meaning changes; a worker that knows only older ones lets the job rest.
    static var version: Int { get }
    /// Tries before it is set aside for an operator.
    static var maximumAttempts: Int { get }
    /// Does the work, outside of any transaction, as the organization that enqueued it.
    static func run(_ payload: Values<Payload>, in context: JobContext) async throws(Problem) -> JobOutcome
    /// It is over without having been done: what shows its work says so, in the transaction that ends it.
    /// `code` is `cancelled` where somebody cancelled it, else why the last of its tries failed.
    static func abandoned(
        _ payload: Values<Payload>, id: UUIDv7, code: String, in context: Context
    ) async throws(Problem)
}

extension Job {
    public static var version: Int { 1 }
    public static var maximumAttempts: Int { 10 }
    public static func abandoned(
        _ payload: Values<Payload>, id: UUIDv7, code: String, in context: Context
    ) async throws(Problem) {}
}

/// How a job's run ended.
public enum JobOutcome: Sendable, Equatable {
    /// Finished. Where the effect must not happen twice, finish in the effect's own transaction instead.
    case done
    /// Already finished by `JobContext.finish(in:)`.
    case finished
    /// To be run again later, not counted as a try.
    case snooze(seconds: Int)
    /// Given up for good, with the reason.
    case cancel(String)
}
