/// Where an import stands.
enum ImportStatus: String, Sendable {
    case analysed, checking, checked, running, done, failed, undoing, undone
}
