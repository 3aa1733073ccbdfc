public import Postgres
internal import Synchronization

/// One connection for all statements of a test: what asks again and again opens no server process each time.
///
/// A class, as it has a session; its statements run one after the other, each a transaction.
public final class KeptConnection: Sendable {
    private let target: String
    private let kept = Mutex<MaintenanceConnection?>(nil)

    /// A connection by libpq's connection string, opened by the first statement.
    public init(_ target: String) { self.target = target }

    /// Runs one statement and gives its rows. What was lost with a server that was killed meanwhile is opened
    /// anew.
    public func query(_ sql: SQL) throws -> Rows {
        try kept.withLock { kept in
            if let connection = kept {
                do throws(SQLError) {
                    return try connection.query(sql)
                } catch {
                    guard error.outcome == .unknown else { throw error }
                }
            }
            let connection = try MaintenanceConnection(target)
            kept = connection
            return try connection.query(sql)
        }
    }
}
