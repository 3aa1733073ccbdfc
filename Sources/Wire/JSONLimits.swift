/// How much nesting and how long numbers a reader accepts.
public struct JSONLimits: Sendable, Equatable {
    /// Arrays and objects inside one another, at most 512 whatever is asked: the reader recurses.
    public let depth: Int
    /// Characters of one number.
    public let numberLength: Int

    /// Creates limits.
    public init(depth: Int = 32, numberLength: Int = 400) {
        self.depth = min(depth, 512)
        self.numberLength = numberLength
    }
}
