internal import Glibc

/// Where PostgreSQL's programs are: those that made the cluster, else the newest.
struct ClusterPrograms: Sendable {
    private let directory: String

    /// The programs for the cluster in `data`, or for a new one there. PostgreSQL 15 is the oldest that will
    /// do.
    init(data: String) throws(ClusterFault) {
        let made = ClusterFiles.read("\(data)/PG_VERSION").map {
            $0.split(separator: "\n").first.map(String.init) ?? ""
        }
        if let made {
            let path = "/usr/lib/postgresql/\(made)/bin"
            guard Self.isThere(path) else { throw .noProgramsOfVersion(made) }
            directory = path
            return
        }
        let versions = ClusterFiles.names(in: "/usr/lib/postgresql").compactMap(Int.init).filter { $0 >= 15 }
        let newest = versions.sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" }.first(where: Self.isThere)
        guard let newest else { throw .noPrograms }
        directory = newest
    }

    /// A program by its name.
    func path(_ program: String) -> String { "\(directory)/\(program)" }

    private static func isThere(_ directory: String) -> Bool {
        ["initdb", "pg_ctl", "postgres"].allSatisfy { access("\(directory)/\($0)", X_OK) == 0 }
    }
}
