/// What a transaction is opened with: settings that hold in it alone.
public struct SessionSettings: Sendable {
    /// Settings and their values, such as `app.organization_id`.
    public var values: [(name: String, value: String)]
    /// Whether the transaction refuses to write; can't be undone within it.
    public var isReadOnly: Bool
    /// Milliseconds a statement may take, where not the class's own limit.
    public var statementTimeout: Int?
    /// Milliseconds a statement may wait for a lock, where not the class's own limit.
    public var lockTimeout: Int?

    /// Settings of one transaction.
    public init(
        _ values: [(name: String, value: String)] = [], isReadOnly: Bool = false,
        statementTimeout: Int? = nil,
        lockTimeout: Int? = nil
    ) {
        self.values = values
        self.isReadOnly = isReadOnly
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
    }
}

/// How a transaction's settings are made.
public enum SettingStyle: Sendable {
    /// By `set_config(…, true)` with bound values: the faster way, on one machine.
    case setConfig
    /// By `set local` between `begin` and `commit`: what Citus hands on to its workers. One batch at a
    /// time on a connection, as a failed block must be ended before the next.
    case setLocal
}
