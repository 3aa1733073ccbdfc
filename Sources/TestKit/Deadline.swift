internal import Loop

/// Until when a test asks again, on a clock that nobody sets.
public struct Deadline: Sendable {
    private let end: Int64

    /// So many milliseconds from now.
    public init(milliseconds: Int64) { end = Monotonic.milliseconds() + milliseconds }

    /// Whether the time is up.
    public var isPast: Bool { Monotonic.milliseconds() >= end }
}
