/// What shares connections with what.
public enum QueryClass: Sendable, CaseIterable {
    /// Reads that an index serves, many on one connection, and writes that are known beforehand.
    case short
    /// Aggregates and unindexed work: connections of their own, cancelled with the task.
    case long
    /// Import, export and jobs: connections of their own, cancelled with the task.
    case bulk
}

/// Where the database is and how many connections each loop may have to it.
public struct DatabaseConfiguration: Sendable {
    /// The limits of one class on one loop.
    public struct Limits: Sendable {
        /// Connections at most, opened when needed.
        public var connections: Int
        /// Connections that stay open while idle.
        public var kept: Int
        /// Calls that may wait for a connection; the next is refused.
        public var waiting: Int
        /// Milliseconds that a call may wait for a connection.
        public var waitingTime: Int
        /// Milliseconds that a statement may take.
        public var statementTimeout: Int

        /// Limits of one class on one loop.
        public init(connections: Int, kept: Int, waiting: Int, waitingTime: Int, statementTimeout: Int) {
            self.connections = connections
            self.kept = kept
            self.waiting = waiting
            self.waitingTime = waitingTime
            self.statementTimeout = statementTimeout
        }
    }

    /// libpq's connection string.
    public var connection: String
    /// The connection string for LISTEN where `connection` leads to a pooler that does not know it.
    public var directConnection: String?
    /// What the server's views call the connections.
    public var applicationName = "stratikey"
    /// The limits of `.short`.
    public var short = Limits(
        connections: 4, kept: 1, waiting: 1000, waitingTime: 3000, statementTimeout: 2000)
    /// The limits of `.long`.
    public var long = Limits(
        connections: 2, kept: 0, waiting: 100, waitingTime: 10_000, statementTimeout: 30_000)
    /// The limits of `.bulk`.
    public var bulk = Limits(
        connections: 2, kept: 0, waiting: 100, waitingTime: 30_000, statementTimeout: 600_000)
    /// Batches under way on a shared connection at most.
    public var pipelineDepth = 32
    /// Milliseconds that a write on a shared connection may wait for a lock.
    public var writeLockTimeout = 100
    /// False for PgBouncer in transaction mode: statements stay unnamed, and what `options` would set
    /// is set in each transaction.
    public var preparedStatements = true
    /// Statements that a connection keeps prepared at most; the least recently used give way.
    public var preparedLimit = 500
    /// How a transaction's settings are made.
    public var settingStyle = SettingStyle.setConfig
    /// Milliseconds after which an idle connection is closed.
    public var idleTime = 60_000
    /// Milliseconds that an attempt to connect may take.
    public var connectTime = 10_000
    /// Milliseconds after which the server ends a transaction in which nothing happens.
    public var idleTransactionTime = 60_000
    /// Milliseconds after which statements are told to `Database.whenSlow(_:)`.
    public var slowAfter = 500
    /// Milliseconds without an answer, beyond the statement's own limit, after which a connection is lost.
    public var silence = 10_000

    /// A configuration with the standard limits.
    public init(_ connection: String) { self.connection = connection }

    /// The limits of a class.
    public subscript(_ queryClass: QueryClass) -> Limits {
        switch queryClass {
        case .short: short
        case .long: long
        case .bulk: bulk
        }
    }
}
