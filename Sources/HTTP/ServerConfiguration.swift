/// Where a server listens and how much it bears. Times are milliseconds and looked at once a second.
public struct ServerConfiguration: Sendable {
    /// The numeric address to listen on, IPv4 or IPv6.
    public var address = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 0
    /// The longest head, in bytes, at most 65,535.
    public var headLimit = 16 * 1024
    /// The most fields in a head.
    public var fieldLimit = 100
    /// The longest body that any route takes, in bytes; a route's own limit is given where the body is read.
    public var bodyLimit: Int64 = 1 << 30
    /// The most connections in all; each loop has an equal share.
    public var maximumConnections = 20_000
    /// The most connections of one IPv4 address or one IPv6 network of 64 bits.
    ///
    /// Each loop has an equal share. One more takes the place of an older one that waits for a request; trusted
    /// proxies are not counted.
    public var maximumConnectionsPerAddress = 1000
    /// Proxies whose X-Forwarded-For is believed; none by default, as anybody can write that field.
    public var trustedProxies: [AddressRange] = []
    /// From the first byte of a head to its last.
    public var headTimeout: Int64 = 10_000
    /// Between requests.
    public var idleTimeout: Int64 = 60_000
    /// Without a byte of progress in a body or an answer.
    public var progressTimeout: Int64 = 30_000
    /// Without an event on an event stream, before a heartbeat is sent.
    public var silence: Int64 = 25_000
    /// How long to read on behind the last answer, so that the client sees it.
    public var lingerTimeout: Int64 = 2000

    /// The values above.
    public init() {}
}
