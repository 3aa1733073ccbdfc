/// A row that several computed fields of a record draw on, read once for all of them.
public struct Lookup: Sendable, Equatable {
    /// Schema-qualified.
    let table: String
    /// The name under which the fields' SQL speaks of it; not `t`.
    let alias: String
    /// SQL over the alias and `t`, true for one row at most.
    let condition: String

    /// A row of `table`, spoken of as `alias`, where `condition` holds.
    public init(_ table: String, _ alias: String, where condition: String) {
        self.table = table
        self.alias = alias
        self.condition = condition
    }
}
