internal import Loop

/// Until when a test asks again, on a clock that nobody sets.
public struct Deadline: Sendable {
    private let end: Int64

    /// So many milliseconds from now.
    public init(milliseconds: Int64) { end = Monotonic.milliseconds() + milliseconds }

    /// Whether the time is up.
    public var isPast: Bool { Monotonic.milliseconds() >= end }

    /// Whether `fact` comes to hold within so many milliseconds, by default those that a change of rights may
    /// take.
    ///
    /// Only a question that was put after them may say no: on a busy machine the asking task itself may wait
    /// longer than that between two questions.
    public static func holds(within milliseconds: Int64 = 5000, _ fact: () throws -> Bool) async throws
        -> Bool
    {
        let deadline = Deadline(milliseconds: milliseconds)
        while true {
            let isLast = deadline.isPast
            if try fact() { return true }
            if isLast { return false }
            await Task.yield()
        }
    }
}
