public import Postgres

/// Why a private cluster can't be had. Each says what to do.
public enum ClusterFault: Error, Sendable, Hashable {
    /// No programs of PostgreSQL 15 or later were found.
    case noPrograms
    /// The cluster was made by this version, whose programs are gone.
    case noProgramsOfVersion(String)
    /// There is no such account to run PostgreSQL under.
    case noAccount(String)
    /// The file or directory could not be made or read.
    case noAccess(String)
    /// A program ended with a fault; its words are in the log.
    case failed(program: String, log: String)
    /// The server started and does not answer.
    case doesNotStart(String)
    /// The server answers and refuses the work.
    case unusable(SQLError)
}

extension ClusterFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noPrograms:
            """
            PostgreSQL 15 or later is not installed. Install it (apt-get install postgresql), or set \
            DATABASE_URL.
            """
        case .noProgramsOfVersion(let version):
            "The private cluster was made by PostgreSQL \(version), which is not installed any more."
        case .noAccount(let name):
            "There is no account '\(name)' to run PostgreSQL under; it refuses to run as root."
        case .noAccess(let path): "\(path) can't be made or read."
        case .failed(let program, let log): "\(program) failed; see \(log)."
        case .doesNotStart(let log): "The private cluster does not answer; see \(log)."
        case .unusable(let error): "The private cluster refuses the work: \(error)."
        }
    }
}
