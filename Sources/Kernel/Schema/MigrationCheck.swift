/// What a migration may not do while the program of before still runs beside it: lock a table for long, or
/// take away what that program reads.
enum MigrationCheck {
    /// Why the text is refused; empty when it is not. Tables that the same file makes are nobody's yet.
    static func reasons(against text: String) -> [String] {
        let statements = MigrationScript(text).statements
        let made = Set(statements.compactMap(tableMade))
        return statements.flatMap { statement -> [String] in
            if let table = tableAltered(statement), made.contains(table) { return [] }
            return reasons(against: statement)
        }
    }

    private static func reasons(against statement: MigrationScript.Statement) -> [String] {
        var reasons: [String] = []
        if statement.begins("lock") { reasons.append("it locks a table") }
        if statement.begins("truncate") { reasons.append("it truncates a table") }
        if statement.begins("drop", "table"), !statement.isContract {
            reasons.append("it drops a table without a comment '-- expand/contract:'")
        }
        if statement.begins("alter", "table") { reasons += alterReasons(against: statement) }
        return reasons
    }

    private static func alterReasons(against statement: MigrationScript.Statement) -> [String] {
        actions(of: statement).compactMap { action in
            switch action.words.first {
            case "drop"
            where !action.has("constraint") && !action.has("drop", "not") && !action.has("drop", "default"):
                action.words.dropFirst().first == "expression" || statement.isContract
                    ? nil : "it drops a column without a comment '-- expand/contract:'"
            case "rename" where !action.has("constraint") && !statement.isContract:
                "it renames what a running program uses"
            case "alter" where action.has("type"): "it changes the type of a column"
            case "add" where addsRequiredColumn(action):
                "it adds a column that is not null and has no default"
            default: nil
            }
        }
    }

    /// The parts of an `alter table` between the commas that stand outside brackets.
    private static func actions(of statement: MigrationScript.Statement) -> [MigrationScript.Statement] {
        var actions = [MigrationScript.Statement()]
        var depth = 0
        for word in statement.words.dropFirst(2).drop(while: { !Self.verbs.contains($0) }) {
            if word == "(" { depth += 1 }
            if word == ")" { depth -= 1 }
            if word == ",", depth == 0 {
                actions.append(MigrationScript.Statement())
            } else {
                actions[actions.count - 1].words.append(word)
            }
        }
        return actions
    }

    private static let verbs: Set<String> = [
        "add", "drop", "alter", "rename", "set", "enable", "disable", "owner",
    ]

    private static func addsRequiredColumn(_ action: MigrationScript.Statement) -> Bool {
        guard !action.has("add", "constraint"), !action.has("add", "check"), !action.has("add", "foreign"),
            !action.has("add", "unique"), !action.has("add", "primary")
        else { return false }
        return action.has("not", "null") && !action.has("default") && !action.has("generated")
    }

    private static func tableMade(_ statement: MigrationScript.Statement) -> String? {
        guard statement.begins("create", "table") else { return nil }
        return statement.words.dropFirst(2).first { !["if", "not", "exists"].contains($0) }
    }

    private static func tableAltered(_ statement: MigrationScript.Statement) -> String? {
        guard statement.begins("alter", "table") else { return nil }
        return statement.words.dropFirst(2).first { !["if", "exists", "only"].contains($0) }
    }
}
