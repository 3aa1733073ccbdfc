/// A SQLSTATE: five characters that say what failed (PostgreSQL manual, appendix A).
public struct SQLState: Sendable, Hashable, CustomStringConvertible {
    /// The five characters.
    public let code: String

    /// A state by its five characters.
    public init(_ code: String) { self.code = code }

    /// The five characters.
    public var description: String { code }

    /// The first two characters, which name the class.
    public var classCode: Substring { code.prefix(2) }
}

extension SQLState {
    /// A row with the same key exists.
    public static let uniqueViolation = SQLState("23505")
    /// A referenced row is missing, or a referencing one is left.
    public static let foreignKeyViolation = SQLState("23503")
    /// A required column is null.
    public static let notNullViolation = SQLState("23502")
    /// A check constraint said no.
    public static let checkViolation = SQLState("23514")
    /// An exclusion constraint said no.
    public static let exclusionViolation = SQLState("23P01")
    /// A row is still referenced (`on delete restrict`).
    public static let restrictViolation = SQLState("23001")
    /// Cancelled by request or by statement_timeout.
    public static let queryCanceled = SQLState("57014")
    /// A lock was not granted within lock_timeout or `nowait`.
    public static let lockNotAvailable = SQLState("55P03")
    /// Concurrent transactions could not be put in an order.
    public static let serializationFailure = SQLState("40001")
    /// The transaction was the victim of a deadlock.
    public static let deadlock = SQLState("40P01")
    /// Text that the type does not read.
    public static let invalidText = SQLState("22P02")
    /// A number beyond its type.
    public static let numericOutOfRange = SQLState("22003")
    /// Text longer than its column.
    public static let stringTooLong = SQLState("22001")
    /// A date or instant beyond its type.
    public static let datetimeOverflow = SQLState("22008")
    /// A date or instant that can't be read.
    public static let invalidDatetime = SQLState("22007")
    /// A division by zero.
    public static let divisionByZero = SQLState("22012")
    /// Text that is not UTF-8, or holds a NUL.
    public static let characterNotInRepertoire = SQLState("22021")
    /// `raise exception` of a function of ours; `hint` says which.
    public static let raiseException = SQLState("P0001")
    /// A grant or a row policy said no.
    public static let insufficientPrivilege = SQLState("42501")
    /// A write in a read-only transaction.
    public static let readOnlyTransaction = SQLState("25006")
    /// The statement can't be parsed.
    public static let syntaxError = SQLState("42601")
    /// No such table.
    public static let undefinedTable = SQLState("42P01")
    /// No such column.
    public static let undefinedColumn = SQLState("42703")
    /// No such function.
    public static let undefinedFunction = SQLState("42883")
    /// No such object, for instance a setting that was never set.
    public static let undefinedObject = SQLState("42704")
    /// The transaction has failed before.
    public static let failedTransaction = SQLState("25P02")
    /// There is no transaction, or it is over.
    public static let noTransaction = SQLState("25P01")
    /// A prepared statement that the connection does not know.
    public static let invalidStatementName = SQLState("26000")
    /// Not supported; also a prepared statement whose table has changed.
    public static let featureNotSupported = SQLState("0A000")
    /// The server is being stopped, or the connection was ended by an administrator.
    public static let adminShutdown = SQLState("57P01")
    /// The connection was lost.
    public static let connectionFailure = SQLState("08006")
    /// No connection could be opened.
    public static let cannotConnect = SQLState("08001")
    /// The server's answer is not the one that was due.
    public static let protocolViolation = SQLState("08P01")
    /// More than 65,535 binds, or another limit of the protocol.
    public static let programLimitExceeded = SQLState("54000")
    /// Ours: the waiting line for connections is full, or waiting took too long.
    public static let poolExhausted = SQLState("SK001")
    /// Ours, raised by `kernel.expect`: the batch was made for another state of the database.
    public static let expectationFailed = SQLState("SK003")
    /// Ours: the database has been stopped in this process.
    public static let poolStopped = SQLState("SK002")
}
