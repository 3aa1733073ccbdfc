/// A statement that one connection has prepared, or is preparing.
final class PreparedStatement {
    let name: String
    let text: String
    var lastUse: UInt64 = 0
    /// Why the server would not prepare it.
    var failure: SQLError?

    init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// The prepared statements of one connection by their text.
struct PreparedStatements {
    private var statements: [String: PreparedStatement] = [:]
    private var lastNumber = 0
    private var uses: UInt64 = 0
    let limit: Int

    init(limit: Int) { self.limit = limit }

    var count: Int { statements.count }

    /// Starts the use of a batch's statements, which then don't push each other out.
    mutating func beginUse() { uses += 1 }

    /// The statement of a text, and whether it must be prepared first.
    mutating func use(_ text: String) -> (statement: PreparedStatement, isNew: Bool) {
        if let known = statements[text] {
            known.lastUse = uses
            return (known, false)
        }
        lastNumber += 1
        let statement = PreparedStatement(name: "s\(lastNumber)", text: text)
        statement.lastUse = uses
        statements[text] = statement
        return (statement, true)
    }

    /// Forgets a statement, unless its text has been prepared anew since.
    mutating func forget(_ statement: PreparedStatement) {
        if statements[statement.text] === statement { statements[statement.text] = nil }
    }

    /// Forgets the least recently used beyond the limit, a few at a time; they are to be deallocated.
    mutating func evict() -> [PreparedStatement] {
        guard statements.count > limit else { return [] }
        let idle = statements.values.filter { $0.lastUse < uses }.sorted { $0.lastUse < $1.lastUse }
        let evicted = idle.prefix(statements.count - limit + min(16, limit / 4))
        for statement in evicted { statements[statement.text] = nil }
        return Array(evicted)
    }
}
