internal import CLibpq

/// A connection for migrations, commands and tests: it waits for each answer, and runs scripts of many
/// statements. Never used on a loop, and never for requests.
///
/// A class, as it is the identity of a session; not Sendable, so one thread has it.
public final class MaintenanceConnection {
    private let pg: OpaquePointer
    private var parameters = ParameterBuffer()

    /// Connects by libpq's connection string; throws `.cannotConnect`.
    public init(_ connection: String, applicationName: String = "stratikey") throws(SQLError) {
        var configuration = DatabaseConfiguration(connection)
        configuration.applicationName = applicationName
        let settings = ConnectionSettings(
            configuration, conninfo: connection, session: [("timezone", "UTC"), ("datestyle", "ISO")])
        guard let attempt = settings.start() else { throw SQLError(.cannotConnect, outcome: .notSent) }
        pg = attempt.pg
        PQsetNoticeReceiver(pg, { _, _ in }, nil)
        guard Self.finishConnecting(pg) else {
            var error = SQLError(.cannotConnect, outcome: .notSent)
            error.message = PQerrorMessage(pg).map { String(cString: $0) } ?? ""
            throw error
        }
    }

    deinit { PQfinish(pg) }

    /// Runs a script of any number of statements by the simple protocol, and gives the answer of the last.
    ///
    /// Without `begin` of its own the whole script is one transaction.
    @discardableResult
    public func execute(_ script: String) throws(SQLError) -> Rows {
        guard !Bind.text(script).containsNUL else {
            throw SQLError(.characterNotInRepertoire, outcome: .notSent)
        }
        return try answer(PQexec(pg, script))
    }

    /// Runs one statement with its binds.
    @discardableResult
    public func query(_ sql: SQL) throws(SQLError) -> Rows {
        try Database.validate([sql])
        let pg = pg
        let result = parameters.with(sql.binds) { count, values in
            PQexecParams(pg, sql.text, count, nil, values, nil, nil, 0)
        }
        return try answer(result)
    }

    private func answer(_ result: OpaquePointer?) throws(SQLError) -> Rows {
        guard let result else { throw SQLError(.connectionFailure, outcome: .unknown) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return Rows(result)
        default:
            defer { PQclear(result) }
            let isLost = PQstatus(pg) == CONNECTION_BAD
            throw SQLError(result: result, outcome: isLost ? .unknown : .rolledBack)
        }
    }

    /// Drives the attempt by waiting for its socket.
    private static func finishConnecting(_ pg: OpaquePointer) -> Bool {
        var next = PGRES_POLLING_WRITING
        while PQstatus(pg) != CONNECTION_BAD {
            guard postgres_wait(PQsocket(pg), next == PGRES_POLLING_WRITING ? 1 : 0, 30_000) > 0 else {
                return false
            }
            next = PQconnectPoll(pg)
            if next == PGRES_POLLING_OK { return true }
            if next == PGRES_POLLING_FAILED { return false }
        }
        return false
    }
}
