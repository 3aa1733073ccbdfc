internal import Kernel
internal import Postgres

/// One thing that the doctor looks at.
struct Checkup: Sendable {
    /// How much a finding matters.
    enum Gravity: Sendable { case fault, warning }

    let name: String
    var gravity = Gravity.fault
    /// What is wrong and how to mend it; nil is well.
    let finding: @Sendable (Patient) throws -> String?
}

/// The installation that is looked at.
struct Patient {
    let settings: Settings
    let registry: Registry
    /// As a role that sees and may do everything.
    let database: MaintenanceConnection
    let adminConnection: String

    /// The first column of a query's rows.
    func names(_ query: SQL) throws -> [String] {
        let rows = try database.query(query)
        return (0..<rows.count).compactMap { rows[$0, 0] }
    }
}

extension Checkup {
    static let all: [Checkup] = server + isolation + state + surroundings

    /// A few of many names, for a sentence.
    static func few(_ names: [String]) -> String {
        let shown = names.prefix(5).joined(separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }
}
