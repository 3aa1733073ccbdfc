/// How many letters must be put in, taken out, changed or swapped with their neighbour to make one text of
/// another (optimal string alignment, the restricted Damerau-Levenshtein distance).
enum EditDistance {
    /// 1 for equal texts, 0 for texts without anything in common.
    static func likeness(_ left: [UInt32], _ right: [UInt32]) -> Double {
        let longest = max(left.count, right.count)
        guard longest > 0 else { return 1 }
        return 1 - Double(between(left, right)) / Double(longest)
    }

    static func between(_ left: [UInt32], _ right: [UInt32]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var twoBefore = [Int](repeating: 0, count: right.count + 1)
        var before = Array(0...right.count)
        var current = twoBefore
        for row in 1...left.count {
            current[0] = row
            for column in 1...right.count {
                let isSame = left[row - 1] == right[column - 1]
                var least = min(
                    before[column] + 1, current[column - 1] + 1, before[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1]
                {
                    least = min(least, twoBefore[column - 2] + 1)
                }
                current[column] = least
            }
            (twoBefore, before, current) = (before, current, twoBefore)
        }
        return before[right.count]
    }
}
