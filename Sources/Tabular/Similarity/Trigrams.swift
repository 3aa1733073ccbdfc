/// The runs of three letters of a text, with two blanks before and one behind, so that beginnings weigh more.
enum Trigrams {
    /// Each different one once, packed in 21 bits a letter.
    static func of(_ letters: [UInt32]) -> [UInt64] {
        guard !letters.isEmpty else { return [] }
        let padded: [UInt32] = [0, 0] + letters + [0]
        var all: [UInt64] = []
        all.reserveCapacity(padded.count)
        for index in 2..<padded.count {
            all.append(
                UInt64(padded[index - 2]) << 42 | UInt64(padded[index - 1]) << 21 | UInt64(padded[index]))
        }
        all.sort()
        var last = all[0]
        var different = [last]
        for trigram in all where trigram != last {
            different.append(trigram)
            last = trigram
        }
        return different
    }
}
