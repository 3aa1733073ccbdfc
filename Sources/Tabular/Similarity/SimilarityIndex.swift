/// Finds the candidates that a value may mean: a misspelt, abbreviated or differently written label.
///
/// Made once for all candidates; asking costs tens of microseconds with 10,000 of them. A candidate may be
/// there several times, with several labels: it is proposed once, for the likest.
public struct SimilarityIndex<ID: Sendable & Hashable>: Sendable {
    private struct Entry: Sendable {
        let id: ID
        let label: String
        let text: FoldedText
        let trigramCount: Int
    }

    /// What is less alike is not proposed.
    private static var least: Double { 0.4 }
    /// How many candidates, the likest by trigrams, are compared letter by letter.
    private static var comparisons: Int { 40 }
    /// Longer texts are compared by their beginnings.
    private static var longest: Int { 120 }

    private var entries: [Entry] = []
    private var sameLetters: [[UInt32]: [Int32]] = [:]
    private var sameWords: [[UInt32]: [Int32]] = [:]
    private var holders: [UInt64: [Int32]] = [:]

    /// Takes the candidates in.
    public init(_ candidates: some Sequence<(id: ID, label: String)>) {
        for candidate in candidates { add(candidate.id, candidate.label) }
    }

    /// The likest candidates, best first; those equally alike in the order given.
    public func proposals(for value: String, limit: Int = 3) -> [Proposal<ID>] {
        let text = FoldedText(value)
        var scores: [Int32: Double] = [:]
        for index in sameLetters[text.letters] ?? [] {
            scores[index] = entries[Int(index)].label == value ? 1 : 0.98
        }
        for index in sameWords[text.sortedLetters] ?? [] where scores[index] == nil { scores[index] = 0.95 }
        if scores.count < limit {
            for index in likest(text) where scores[index] == nil {
                let score = likeness(text, entries[Int(index)].text)
                if score >= Self.least { scores[index] = score }
            }
        }
        return ranked(scores, limit: limit)
    }

    private mutating func add(_ id: ID, _ label: String) {
        let text = FoldedText(label)
        let index = Int32(entries.count)
        let trigrams = Trigrams.of(Array(text.letters.prefix(Self.longest)))
        entries.append(Entry(id: id, label: label, text: text, trigramCount: trigrams.count))
        sameLetters[text.letters, default: []].append(index)
        if text.words.count > 1 { sameWords[text.sortedLetters, default: []].append(index) }
        for trigram in trigrams { holders[trigram, default: []].append(index) }
    }

    /// The candidates that share most trigrams with the text, by Dice's measure.
    private func likest(_ text: FoldedText) -> [Int32] {
        let trigrams = Trigrams.of(Array(text.letters.prefix(Self.longest)))
        var shared = [UInt16](repeating: 0, count: entries.count)
        var touched: [Int32] = []
        for trigram in trigrams {
            for index in holders[trigram] ?? [] {
                if shared[Int(index)] == 0 { touched.append(index) }
                shared[Int(index)] += 1
            }
        }
        var rated: [(index: Int32, dice: Double)] = []
        for index in touched {
            let total = Double(trigrams.count + entries[Int(index)].trigramCount)
            let dice = 2 * Double(shared[Int(index)]) / total
            if dice >= 0.15 { rated.append((index, dice)) }
        }
        rated.sort { ($0.dice, $1.index) > ($1.dice, $0.index) }
        return rated.prefix(Self.comparisons).map(\.index)
    }

    private func likeness(_ value: FoldedText, _ candidate: FoldedText) -> Double {
        let left = Array(value.letters.prefix(Self.longest))
        let right = Array(candidate.letters.prefix(Self.longest))
        let edits = EditDistance.likeness(left, right)
        return 0.94 * max(edits, containment(value, candidate))
    }

    /// What is all there in the other, as its beginning or as whole words, counts for more than its letters.
    private func containment(_ one: FoldedText, _ other: FoldedText) -> Double {
        let (short, long) = one.letters.count <= other.letters.count ? (one, other) : (other, one)
        guard short.letters.count >= 3 else { return 0 }
        let isInside = long.letters.starts(with: short.letters) || Set(short.words).isSubset(of: long.words)
        return isInside ? 0.6 + 0.35 * Double(short.letters.count) / Double(long.letters.count) : 0
    }

    private func ranked(_ scores: [Int32: Double], limit: Int) -> [Proposal<ID>] {
        var taken: Set<ID> = []
        var proposals: [Proposal<ID>] = []
        for (index, score) in scores.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
            guard proposals.count < limit else { break }
            let entry = entries[Int(index)]
            guard taken.insert(entry.id).inserted else { continue }
            proposals.append(Proposal(id: entry.id, label: entry.label, score: score))
        }
        return proposals
    }
}
