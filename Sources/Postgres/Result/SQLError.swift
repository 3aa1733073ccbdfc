internal import CLibpq

/// A statement that failed, and what became of its transaction.
public struct SQLError: Error, Sendable, Hashable {
    /// What became of the work.
    public enum Outcome: Sendable, Hashable {
        /// Nothing of it remains.
        case rolledBack
        /// It never reached the server.
        case notSent
        /// A write was sent and its commit not heard.
        case unknown
    }

    /// What failed.
    public let state: SQLState
    /// The constraint that said no.
    public internal(set) var constraint: String?
    /// The table that the failure names.
    public internal(set) var table: String?
    /// The column that the failure names.
    public internal(set) var column: String?
    /// The hint; our own functions put a stable code here.
    public internal(set) var hint: String?
    /// Which of the batch's statements failed, from 0; nil where it was none of the caller's.
    public internal(set) var statement: Int?
    /// What became of the work.
    public internal(set) var outcome: Outcome
    /// The server's words, which may hold values: for `debugDescription` only.
    var message = ""
    /// The statement was planned for a table that has changed since; prepared anew it will run.
    var isStalePlan = false
    /// The server is ending the connection.
    var isFatal = false

    /// An error of this process, or one put together for a test.
    public init(
        _ state: SQLState, outcome: Outcome, constraint: String? = nil, table: String? = nil,
        column: String? = nil,
        hint: String? = nil
    ) {
        self.state = state
        self.outcome = outcome
        self.constraint = constraint
        self.table = table
        self.column = column
        self.hint = hint
    }

    /// Whether the same work may be given once more without being done twice.
    public var canRetry: Bool {
        guard outcome != .unknown else { return false }
        return state == .serializationFailure || state == .deadlock || state.classCode == "08"
            || state == .adminShutdown
    }
}

extension SQLError: CustomStringConvertible, CustomDebugStringConvertible {
    /// State, outcome and constraint: neither SQL nor values.
    public var description: String {
        let named = constraint.map { ", constraint \($0)" } ?? ""
        return "SQLError \(state), \(outcome)\(named)"
    }

    /// With the server's words, which may hold values: for developers, never for logs.
    public var debugDescription: String { message.isEmpty ? description : "\(description): \(message)" }
}

extension SQLError {
    /// The error that a result of libpq's holds.
    init(result: OpaquePointer, outcome: Outcome) {
        func field(_ code: Int32) -> String? { PQresultErrorField(result, code).map { String(cString: $0) } }
        self.init(
            SQLState(field(postgres_field_state) ?? SQLState.connectionFailure.code), outcome: outcome,
            constraint: field(postgres_field_constraint), table: field(postgres_field_table),
            column: field(postgres_field_column), hint: field(postgres_field_hint))
        message = field(postgres_field_message) ?? String(cString: PQresultErrorMessage(result))
        isFatal = field(postgres_field_severity) == "FATAL" || field(postgres_field_severity) == "PANIC"
        isStalePlan =
            state == .featureNotSupported && field(postgres_field_function) == "RevalidateCachedQuery"
    }

    /// The same failure with another outcome.
    func with(_ outcome: Outcome) -> SQLError {
        var error = self
        error.outcome = outcome
        return error
    }
}
