internal import Wire

/// Opens transactions: the one place that knows how settings are made.
struct Context {
    let style: SettingStyle
    /// Settings that a connection can't keep: in front of a pooler every transaction makes them.
    let standing: [(name: String, value: String)]

    /// `begin`, `rollback` and `commit`.
    static let begin = Batch.Step(sql: "begin", role: .silent)
    static let commit = Batch.Step(sql: "commit", role: .silent)
    static let rollback = Batch.Step(sql: "rollback", role: .silent)

    /// The steps that open a transaction of its own block, for a task that owns the connection.
    func block(_ settings: SessionSettings, number: Int64) throws(SQLError) -> [Batch.Step] {
        [Self.begin] + (try opening(settings, number: number))
    }

    /// All steps of a batch that is a whole transaction.
    func batch(
        _ settings: SessionSettings, number: Int64, statements: [SQL]
    ) throws(SQLError) -> [Batch.Step] {
        var steps: [Batch.Step] = []
        steps.reserveCapacity(statements.count + 1)
        if style == .setLocal { steps.append(Self.begin) }
        steps += try opening(settings, number: number)
        for statement in statements { steps.append(Batch.Step(sql: statement, role: .answer)) }
        if style == .setLocal { steps.append(Self.commit) }
        return steps
    }

    private func opening(_ settings: SessionSettings, number: Int64) throws(SQLError) -> [Batch.Step] {
        var values = standing
        values += settings.values
        if let timeout = settings.statementTimeout { values.append(("statement_timeout", "\(timeout)")) }
        if let timeout = settings.lockTimeout { values.append(("lock_timeout", "\(timeout)")) }
        if settings.isReadOnly { values.append(("transaction_read_only", "on")) }
        switch style {
        case .setConfig: return [Self.setConfig(values, number: number)]
        case .setLocal: return try Self.setLocal(values, number: number)
        }
    }

    /// One statement with bound names and values, which answers the batch's number last.
    private static func setConfig(_ values: [(name: String, value: String)], number: Int64) -> Batch.Step {
        var binds: [Bind] = []
        binds.reserveCapacity(2 * values.count + 1)
        for (name, value) in values {
            binds.append(.text(name))
            binds.append(.text(value))
        }
        binds.append(.text(String(number)))
        let text = values.count < texts.count ? texts[values.count] : setConfigText(values.count)
        return Batch.Step(sql: SQL(text: text, binds: binds), role: .context)
    }

    private static let texts: [String] = (0..<16).map(setConfigText)

    private static func setConfigText(_ count: Int) -> String {
        let calls = (0..<count).map { "pg_catalog.set_config($\(2 * $0 + 1), $\(2 * $0 + 2), true), " }
        return "select \(calls.joined())$\(2 * count + 1)::text"
    }

    /// `set local` takes no binds, so only values that can't end a literal are let through.
    private static func setLocal(
        _ values: [(name: String, value: String)], number: Int64
    ) throws(SQLError) -> [Batch.Step] {
        var steps: [Batch.Step] = []
        for (name, value) in values {
            let text = UUIDv7(value)?.description ?? value
            guard isName(name), isPlain(text) else { throw SQLError(.invalidText, outcome: .notSent) }
            let sql = SQL(text: "set local \(name) = '\(text)'")
            steps.append(Batch.Step(sql: sql, role: .silent, isNamed: false))
        }
        let confirmation = SQL(text: "select $1::text", binds: [.text(String(number))])
        return steps + [Batch.Step(sql: confirmation, role: .context)]
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 63
            && name.utf8.allSatisfy {
                $0 == 0x5f || $0 == 0x2e || ($0 >= 0x61 && $0 <= 0x7a) || ($0 >= 0x30 && $0 <= 0x39)
            }
            && name.utf8.first.map { $0 >= 0x61 } == true
    }

    private static func isPlain(_ value: String) -> Bool {
        value.utf8.count <= 1000
            && value.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: "-_.:,+/ ".utf8.contains(byte)
                }
            }
    }
}
