internal import Glibc

/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or a single one without the slash.
public struct AddressRange: Sendable, Equatable {
    private let address: NumericAddress
    private let bits: Int

    /// Reads a range; nil when the text is none.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = NumericAddress(parts[0]) else { return nil }
        let width = address.bytes.count * 8
        guard parts.count == 2 else {
            self.address = address
            bits = width
            return
        }
        guard parts[1].utf8.allSatisfy({ ASCII.isDigit($0) }), let bits = Int(parts[1]), bits <= width else {
            return nil
        }
        self.address = address
        self.bits = bits
    }

    /// Whether a numeric address is one of them; false for a text that is none.
    public func contains(_ address: String) -> Bool {
        NumericAddress(address).map { contains($0) } ?? false
    }

    func contains(_ other: NumericAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        let whole = bits / 8
        guard other.bytes[..<whole] == address.bytes[..<whole] else { return false }
        let rest = bits % 8
        return rest == 0 || (other.bytes[whole] ^ address.bytes[whole]) >> UInt8(8 - rest) == 0
    }
}

/// An IP address in its 4 or 16 bytes; an IPv4 address mapped into IPv6 is the former.
struct NumericAddress: Equatable {
    let bytes: [UInt8]

    init?(_ text: some StringProtocol) {
        var long = [UInt8](repeating: 0, count: 16)
        let text = String(text)
        if inet_pton(AF_INET, text, &long) == 1 {
            bytes = Array(long[..<4])
        } else if inet_pton(AF_INET6, text, &long) == 1 {
            let isMapped = long[..<10].allSatisfy { $0 == 0 } && long[10] == 0xff && long[11] == 0xff
            bytes = isMapped ? Array(long[12...]) : long
        } else {
            return nil
        }
    }

    /// The first 64 bits, with zeros behind.
    init(network address: NumericAddress) {
        bytes = address.bytes[..<8] + [UInt8](repeating: 0, count: 8)
    }

    /// As it is usually written.
    var text: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            let family = bytes.count == 4 ? AF_INET : AF_INET6
            guard let base = buffer.baseAddress,
                inet_ntop(family, bytes, base, socklen_t(buffer.count)) != nil
            else { return "" }
            return String(cString: base)
        }
    }
}

extension Request {
    /// What limits by address count by: an IPv4 address, or the 64 bits of an IPv6 one that a client disposes
    /// of.
    public var remoteNetwork: String { Self.network(of: remoteAddress) }

    /// The same of an address; what is none stands for itself.
    public static func network(of address: String) -> String {
        guard let numeric = NumericAddress(address), numeric.bytes.count == 16 else { return address }
        return "\(NumericAddress(network: numeric).text)/64"
    }
}

extension ServerConfiguration {
    /// Whether what this address says of others is believed.
    func isTrusted(_ address: String) -> Bool {
        guard !trustedProxies.isEmpty, let address = NumericAddress(address) else { return false }
        return trustedProxies.contains { $0.contains(address) }
    }

    /// The client behind trusted proxies: the last address of X-Forwarded-For that none of them has.
    ///
    /// What stands before it was written by the client and is worth nothing.
    func client(behind proxy: String, _ headers: Headers) -> String {
        var client = proxy
        for hop in headers.list("x-forwarded-for").reversed() {
            guard let address = NumericAddress(hop) else { return client }
            client = address.text
            guard trustedProxies.contains(where: { $0.contains(address) }) else { return client }
        }
        return client
    }
}
