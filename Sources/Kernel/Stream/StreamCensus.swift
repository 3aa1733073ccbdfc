internal import Synchronization
internal import Wire

/// Counts the open streams of a process: in all, of each person, and of each organization.
///
/// A class, as all loops share it.
final class StreamCensus: Sendable {
    /// One stream's place in the count, given back when the last who knows of it forgets it.
    final class Ticket: Sendable {
        private let census: StreamCensus
        private let holder: UUIDv7
        private let organization: UUIDv7

        fileprivate init(_ census: StreamCensus, holder: UUIDv7, organization: UUIDv7) {
            self.census = census
            self.holder = holder
            self.organization = organization
        }

        deinit { census.dismiss(holder, organization) }
    }

    private struct Counts {
        var total = 0
        var holders: [UUIDv7: Int] = [:]
        var organizations: [UUIDv7: Int] = [:]
    }

    private let most: Int
    private let mostOfHolder: Int
    private let counts = Mutex(Counts())

    init(most: Int, mostOfHolder: Int) {
        self.most = most
        self.mostOfHolder = mostOfHolder
    }

    var total: Int { counts.withLock { $0.total } }

    /// Those of the organizations whose events somebody hears.
    func heard(among organizations: [UUIDv7]) -> Set<UUIDv7> {
        counts.withLock { counts in
            Set(organizations.filter { counts.organizations[$0] != nil })
        }
    }

    /// Those of the people who have a stream open.
    func hearing(among people: [UUIDv7]) -> Set<UUIDv7> {
        counts.withLock { counts in
            Set(people.filter { counts.holders[$0] != nil })
        }
    }

    /// Counts one more; 429 for a person with too many, 503 when the process has all that it bears.
    func admit(_ holder: UUIDv7, in organization: UUIDv7) throws(Problem) -> Ticket {
        let refusal = counts.withLock { counts -> Problem? in
            guard counts.total < most else {
                return Problem(503, "streams_full", headers: [("Retry-After", "30")])
            }
            guard counts.holders[holder, default: 0] < mostOfHolder else {
                return Problem(
                    429, "too_many_streams", ["limit": "\(mostOfHolder)"], headers: [("Retry-After", "30")])
            }
            counts.total += 1
            counts.holders[holder, default: 0] += 1
            counts.organizations[organization, default: 0] += 1
            return nil
        }
        if let refusal { throw refusal }
        return Ticket(self, holder: holder, organization: organization)
    }

    private func dismiss(_ holder: UUIDv7, _ organization: UUIDv7) {
        counts.withLock { counts in
            counts.total -= 1
            Self.decrease(&counts.holders, holder)
            Self.decrease(&counts.organizations, organization)
        }
    }

    private static func decrease(_ counts: inout [UUIDv7: Int], _ key: UUIDv7) {
        let left = counts[key, default: 1] - 1
        counts[key] = left == 0 ? nil : left
    }
}
