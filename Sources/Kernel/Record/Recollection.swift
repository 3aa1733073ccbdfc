internal import Postgres
internal import Synchronization
internal import Wire

/// What one new record was completed with although it is only remembered, and what its write must find
/// unchanged.
///
/// A class, as the hooks' context and the completion add to the same one.
final class Recollection: Sendable {
    private struct Use {
        var conditions: [SQL] = []
        var reads: [Memory.ReadKey] = []
        var records: [Memory.RecordKey] = []
    }

    private let memory: Memory
    private let organization: UUIDv7
    private let user: UUIDv7?
    private let use = Mutex(Use())

    init(memory: Memory, organization: UUIDv7, user: UUIDv7?) {
        self.memory = memory
        self.organization = organization
        self.user = user
    }

    /// Conditions on the database, each true as long as what was remembered is.
    var conditions: [SQL] { use.withLock { $0.conditions } }

    /// Forgets what was used: it did not hold.
    func forget() {
        let use = use.withLock { $0 }
        for key in use.records { memory.records.forget(key) }
        for key in use.reads {
            guard var answer = memory.reads.content(key) else { continue }
            answer.isSteady = false
            memory.reads.keep(answer, for: key)
        }
    }

    // MARK: Records

    /// A record as it was when it was last read; whoever uses it expects its version.
    func record(_ id: UUIDv7, of entity: EntityDefinition) -> RecordState? {
        let key = Memory.RecordKey(organization: organization, entity: entity.name, id: id)
        guard let state = memory.records.content(key) else { return nil }
        use.withLock { $0.records.append(key) }
        return state
    }

    func keep(_ state: RecordState, of entity: EntityDefinition) {
        guard state.textSize <= Memory.largest else { return }
        let key = Memory.RecordKey(organization: organization, entity: entity.name, id: state.id)
        memory.records.keep(state, for: key)
        use.withLock { $0.records.append(key) }
    }

    // MARK: Reads

    /// Answers from memory when all is known; else all is read. A last column is added to what is read.
    func read(_ statements: [SQL], in context: Context) async throws(Problem) -> [Rows] {
        let keys = statements.map {
            Memory.ReadKey(organization: organization, user: user, statement: $0)
        }
        let known = keys.map { memory.reads.content($0) }
        let steady = known.compactMap { $0?.isSteady == true ? $0 : nil }
        if steady.count == keys.count {
            use.withLock { use in
                use.reads += keys
                for (key, answer) in zip(keys, steady) {
                    use.conditions.append("\(sql: Self.digest(of: key.statement)) = \(answer.digest)")
                }
            }
            return steady.map(\.rows)
        }
        let answers = try await context.forgetful().read(statements.map(Self.digested))
        for (position, rows) in answers.enumerated() where rows.memorySize <= Memory.largest {
            let digest = rows.isEmpty ? Self.digestOfNothing : rows[0, rows.columnCount - 1] ?? ""
            let isSteady = known[position]?.digest == digest
            memory.reads.keep(
                Memory.ReadAnswer(rows: rows, digest: digest, isSteady: isSteady), for: keys[position])
        }
        return answers
    }

    private static let digestOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// Rows and digest in one statement: two would see the database at two moments.
    private static func digested(_ statement: SQL) -> SQL {
        """
        with answer as materialized (\(sql: statement))
        select answer.*, \(sql: digest(of: "select answer.* from answer"))
        from answer
        """
    }

    private static func digest(of statement: SQL) -> SQL {
        """
        (select encode(sha256(convert_to(coalesce(string_agg(told::text, chr(10)), ''), 'UTF8')), 'hex')
        from (\(sql: statement)) told)
        """
    }
}
