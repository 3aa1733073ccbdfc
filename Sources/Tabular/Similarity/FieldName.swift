/// A field that a column may be mapped to, under all the names that people give it.
public struct FieldName: Sendable, Hashable {
    /// The field's key.
    public let key: String
    /// What it is called on screens, in every language.
    public let labels: [String]
    /// What other systems call it.
    public let aliases: [String]

    /// A field's names, as its entity declares them.
    public init(key: String, labels: [String] = [], aliases: [String] = []) {
        self.key = key
        self.labels = labels
        self.aliases = aliases
    }

    /// Every name; of a reference's key also what stands before `_id`.
    var names: [String] {
        let bare = key.hasSuffix("_id") ? [String(key.dropLast(3))] : []
        return [key] + bare + labels + aliases
    }
}
