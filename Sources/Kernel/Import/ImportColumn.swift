internal import Tabular
internal import Wire

/// What the analysis said of one column of an imported file.
struct ImportColumn: Sendable {
    let name: String
    let kind: ColumnKind
    /// How dates or numbers are written.
    let format: String?
    /// Whether a person must choose among the alternatives.
    let isAmbiguous: Bool
    let alternatives: [String]
    /// As the API writes it, the proposal included.
    let json: JSON

    /// A column that was just analysed.
    init(_ analysis: ColumnAnalysis, proposal: JSON) {
        name = analysis.column
        kind = analysis.kind
        format = analysis.format
        isAmbiguous = analysis.ambiguous
        alternatives = analysis.alternatives
        json = [
            "column": .string(analysis.column),
            "samples": .array(analysis.samples.map { .string($0) }),
            "kind": .string(analysis.kind.rawValue),
            "format": analysis.format.map { .string($0) } ?? .null,
            "ambiguous": .bool(analysis.ambiguous),
            "alternatives": .array(analysis.alternatives.map { .string($0) }),
            "empty": .number(JSONNumber(Int64(analysis.empty))),
            "distinct": .number(JSONNumber(Int64(analysis.distinct))),
            "unfit": .number(JSONNumber(Int64(analysis.unfit))),
            "proposal": proposal,
        ]
    }

    /// As it was kept.
    init(_ json: JSON) {
        self.json = json
        name = json["column"]?.stringValue ?? ""
        kind = json["kind"]?.stringValue.flatMap { ColumnKind(rawValue: $0) } ?? .text
        format = json["format"]?.stringValue
        isAmbiguous = json["ambiguous"]?.boolValue ?? false
        alternatives = (json["alternatives"]?.arrayValue ?? []).compactMap(\.stringValue)
    }
}
