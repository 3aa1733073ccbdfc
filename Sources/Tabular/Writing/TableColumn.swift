/// A column of an exported table.
public struct TableColumn: Sendable, Hashable {
    /// The field's key, as JSON has it.
    public let key: String
    /// The heading, in the reader's language.
    public let title: String

    /// A column of the field `key`, headed `title`.
    public init(key: String, title: String) {
        self.key = key
        self.title = title
    }
}
