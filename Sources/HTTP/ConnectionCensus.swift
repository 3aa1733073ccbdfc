/// Counts the connections of one loop, in all and by the client's network, against the loop's share of what the
/// server may have.
///
/// Shares, as the kernel deals connections out by chance: against a common limit a loop that was late found all places
/// taken on another, had none to give away, and turned everybody of that network off.
struct ConnectionCensus {
    private let inAll: Int
    private let perNetwork: Int
    private var total = 0
    private var networks: [UInt64: Int] = [:]

    init(_ configuration: ServerConfiguration, loops: Int) {
        inAll = Self.share(configuration.maximumConnections, loops)
        perNetwork = Self.share(configuration.maximumConnectionsPerAddress, loops)
    }

    private static func share(_ limit: Int, _ loops: Int) -> Int { (limit + loops - 1) / loops }

    /// Whether there is room for one more.
    enum Admission { case admitted, networkIsFull, loopIsFull }

    /// Counts one more, unless there are too many.
    mutating func admit(_ remote: RemoteAddress) -> Admission {
        let ofNetwork = networks[remote.network, default: 0]
        guard remote.isProxy || ofNetwork < perNetwork else { return .networkIsFull }
        guard total < inAll else { return .loopIsFull }
        total += 1
        if !remote.isProxy { networks[remote.network] = ofNetwork + 1 }
        return .admitted
    }

    mutating func dismiss(_ remote: RemoteAddress) {
        total -= 1
        guard !remote.isProxy else { return }
        let left = networks[remote.network, default: 1] - 1
        networks[remote.network] = left == 0 ? nil : left
    }
}
