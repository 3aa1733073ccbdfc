/// Proposes the field that each column of a file means, by the columns' names.
public struct HeaderMatching: Sendable {
    /// What is less alike is left to the person.
    private static let least = 0.65

    private let index: SimilarityIndex<String>

    /// Takes the fields' names in.
    public init(_ fields: [FieldName]) {
        index = SimilarityIndex(fields.flatMap { field in field.names.map { (id: field.key, label: $0) } })
    }

    /// One proposal for each header, its id the field's key, or nil; each field is proposed once at most, for
    /// the column whose name is likest.
    public func proposals(for headers: [String]) -> [Proposal<String>?] {
        var chosen: [Proposal<String>?] = .init(repeating: nil, count: headers.count)
        var taken: Set<String> = []
        let pairs = headers.enumerated().flatMap { column, header in
            index.proposals(for: header, limit: 5).map { (column: column, proposal: $0) }
        }
        for pair in pairs.sorted(by: { ($0.proposal.score, $1.column) > ($1.proposal.score, $0.column) }) {
            guard pair.proposal.score >= Self.least, chosen[pair.column] == nil else { continue }
            guard taken.insert(pair.proposal.id).inserted else { continue }
            chosen[pair.column] = pair.proposal
        }
        return chosen
    }
}
