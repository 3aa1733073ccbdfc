/// What an export can be written as.
enum ExportFormat: String, Sendable, CaseIterable {
    case csv, json, xlsx, pdf

    /// The media type of the answer.
    var media: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .json: "application/json"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pdf: "application/pdf"
        }
    }

    /// Whether people read it: labels instead of codes, times in the organization's zone.
    var isForPeople: Bool { self == .xlsx || self == .pdf }
}
