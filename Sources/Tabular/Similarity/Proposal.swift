/// A candidate that a value may mean.
public struct Proposal<ID: Sendable & Hashable>: Sendable, Hashable {
    /// The candidate's.
    public let id: ID
    /// The label that is like the value.
    public let label: String
    /// 1 for the same text, 0.98 for the same letters, 0.95 for the same words in another order, less than
    /// 0.95 for what is only like it.
    public let score: Double
}
