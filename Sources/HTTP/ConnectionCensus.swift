internal import Synchronization

/// Counts the connections of all loops, in all and by the client's network.
final class ConnectionCensus: Sendable {
    private struct Counts {
        var total = 0
        var networks: [UInt64: Int] = [:]
    }

    private let counts = Mutex(Counts())

    var total: Int { counts.withLock { $0.total } }

    /// Whether there is room for one more.
    enum Admission { case admitted, networkIsFull, serverIsFull }

    /// Counts one more, unless there are too many.
    func admit(_ remote: RemoteAddress, _ configuration: ServerConfiguration) -> Admission {
        counts.withLock { counts in
            let ofNetwork = counts.networks[remote.network, default: 0]
            guard remote.isProxy || ofNetwork < configuration.maximumConnectionsPerAddress else {
                return .networkIsFull
            }
            guard counts.total < configuration.maximumConnections else { return .serverIsFull }
            counts.total += 1
            if !remote.isProxy { counts.networks[remote.network] = ofNetwork + 1 }
            return .admitted
        }
    }

    func dismiss(_ remote: RemoteAddress) {
        counts.withLock { counts in
            counts.total -= 1
            guard !remote.isProxy else { return }
            let left = counts.networks[remote.network, default: 1] - 1
            counts.networks[remote.network] = left == 0 ? nil : left
        }
    }
}
