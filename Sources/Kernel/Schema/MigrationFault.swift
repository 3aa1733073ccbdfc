public import Postgres

/// What keeps a schema from being migrated. Each names the file, none its statements.
public enum MigrationFault: Error, Sendable, Hashable {
    /// The file, or `order`, can't be read.
    case unreadable(String)
    /// The file has changed since it was applied.
    case edited(String)
    /// The file was applied, and `order` names it no more.
    case missing(String)
    /// The file stands in `order` before one that was applied already.
    case outOfOrder(String, before: String)
    /// The file holds statements that a running server would not survive.
    case unsafe(String, [String])
    /// The database refused the file and rolled it back.
    case failed(String, SQLError)
    /// The database could not be asked.
    case unreachable(SQLError)
}

extension MigrationFault: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let name): "The migration \(name) can't be read."
        case .edited(let name):
            "The migration \(name) was edited after it had been applied. Put it back, and write a new one."
        case .missing(let name):
            "The migration \(name) was applied to this database and is gone. This program is older than it."
        case .outOfOrder(let name, let applied):
            "The migration \(name) stands before \(applied), which has been applied. New ones go to the end."
        case .unsafe(let name, let reasons):
            "The migration \(name) is not safe while the program runs: \(reasons.joined(separator: "; "))."
        case .failed(let name, let error): "The migration \(name) failed and was rolled back: \(error)."
        case .unreachable(let error): "The database can't be reached: \(error)."
        }
    }

    /// With the server's words where there are any: for whoever wrote the file.
    public var debugDescription: String {
        switch self {
        case .failed(_, let error), .unreachable(let error): "\(description) \(error.debugDescription)"
        default: description
        }
    }
}
