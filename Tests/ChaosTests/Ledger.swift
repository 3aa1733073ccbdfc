import Synchronization
import TestKit
import Wire

/// What clients wrote and were told, while all else may break.
///
/// A class, as clients on threads of their own share it.
final class Ledger: Sendable {
    /// A record that a client made.
    struct Entry: Sendable {
        let id: UUIDv7
        let name: String
        /// Whether the server said that it is there.
        var isAcknowledged = false
    }

    private struct State {
        var isOver = false
        var acknowledged = 0
        var refused = 0
        var surprises: [String] = []
    }

    private let state = Mutex(State())

    var isOver: Bool { state.withLock { $0.isOver } }
    var acknowledged: Int { state.withLock { $0.acknowledged } }
    var refused: Int { state.withLock { $0.refused } }
    /// Answers that nobody should get.
    var surprises: [String] { state.withLock { $0.surprises } }

    /// Lets the clients end.
    func end() { state.withLock { $0.isOver = true } }

    /// Writes records, one after the other, until the end; each is repeated, with its own key, until it is
    /// acknowledged.
    func write(as number: Int, to port: Int, for tenant: Stage.Tenant) throws -> [Entry] {
        let client = APIClient(port: port, token: tenant.token)
        var entries: [Entry] = []
        while !isOver {
            var entry = Entry(id: .make(), name: "\(tenant.id) \(number) \(entries.count)")
            repeat {
                let answer = try client.send(
                    "POST", "accounts",
                    ["id": .string(entry.id.description), "name": .string(entry.name)],
                    headers: ["Idempotency-Key": "key \(entry.id)"])
                entry.isAcknowledged = note(answer, entry)
            } while !entry.isAcknowledged && !isOver
            entries.append(entry)
        }
        return entries
    }

    /// Whether the answer says that the record is there; any answer but that and a 503 is a surprise.
    private func note(_ answer: APIResponse, _ entry: Entry) -> Bool {
        let isOwn =
            answer.json["id"]?.stringValue == entry.id.description
            && answer.json["name"]?.stringValue == entry.name
        return state.withLock { state in
            switch answer.status {
            case 201 where isOwn: state.acknowledged += 1
            case 503 where ["unavailable", "outcome_unknown", "query_timeout"].contains(answer.code ?? ""):
                state.refused += 1
            default: state.surprises.append("\(answer.status) \(answer.text)")
            }
            return answer.status == 201
        }
    }
}
