/// Where an import stands.
enum ImportStatus: String, Choice {
    case analysed, checking, checked, running, done, failed, undoing, undone

    /// Those in which a job works on it.
    static let underWay: [ImportStatus] = [.checking, .running, .undoing]

    /// Whether the file is read in it.
    var needsFile: Bool { self == .checking || self == .running }
}
