/// A row that several computed fields of a record draw on, read once for all of them.
public struct Lookup: Sendable, Equatable {
    /// Schema-qualified.
    let table: String
    /// The name under which the fields' SQL speaks of it; not `t`.
    let alias: String
    /// SQL over the alias and `t`, true for one row at most.
    let condition: String
    /// The reference that leads to the row by its id, where that is all the condition says.
    let reference: String?

    /// A row of `table`, spoken of as `alias`, where `condition` holds.
    public init(_ table: String, _ alias: String, where condition: String) {
        self.table = table
        self.alias = alias
        self.condition = condition
        reference = nil
    }

    /// The row of `table` that a reference of the record leads to: filters on what it holds find the rows
    /// first, then the records by the reference.
    public init(_ table: String, _ alias: String, by reference: String) {
        self.table = table
        self.alias = alias
        self.reference = reference
        condition = "\(alias).organization_id = t.organization_id and \(alias).id = t.\(reference)"
    }
}
