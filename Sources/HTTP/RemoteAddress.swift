internal import CLinux
internal import Glibc

/// A client's address, and the network that its connections are counted for.
struct RemoteAddress: Sendable {
    /// As text, without the port; an IPv4 address mapped into IPv6 is written as the former.
    let text: String
    /// An IPv4 address, or the first 64 bits of an IPv6 one.
    let network: UInt64
    /// Whether others speak through it, so that their connections are not its own.
    var isProxy = false

    init(_ storage: sockaddr_storage) {
        var storage = storage
        let family = Int32(storage.ss_family)
        (text, network) = withUnsafeBytes(of: &storage) { bytes in
            if family == AF_INET {
                return Self.version4(bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
            }
            guard family == AF_INET6 else { return ("", 0) }
            let high = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            let middle = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
            if high == 0, UInt32(bigEndian: middle) == 0xffff {
                return Self.version4(bytes.loadUnaligned(fromByteOffset: 20, as: UInt32.self))
            }
            var address = bytes.loadUnaligned(fromByteOffset: 8, as: in6_addr.self)
            return (Self.text(AF_INET6, &address), high)
        }
    }

    private static func version4(_ address: UInt32) -> (String, UInt64) {
        var address = address
        return (text(AF_INET, &address), UInt64(address))
    }

    private static func text(_ family: Int32, _ address: UnsafeRawPointer) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            guard let base = buffer.baseAddress,
                inet_ntop(family, address, base, socklen_t(buffer.count)) != nil
            else { return "" }
            return String(cString: base)
        }
    }
}
