internal import Kernel

/// Rules on numbers that several entities share.
enum Bounds {
    /// An amount can't be below zero.
    static func amount(_ value: Value) -> String? {
        guard let amount = value.integerValue, amount < 0 else { return nil }
        return "negative"
    }

    /// A share lies between 0 and 100 %.
    static func share(_ value: Value) -> String? {
        guard let share = value.integerValue, !(0...10_000).contains(share) else { return nil }
        return "not_a_share"
    }
}
