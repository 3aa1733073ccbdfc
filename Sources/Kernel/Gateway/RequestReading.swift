internal import HTTP
internal import Wire

/// What a request's head says of itself, cleaned.
struct RequestReading {
    let request: Request

    func info() -> RequestInfo {
        RequestInfo(
            id: identifier, address: request.remoteAddress,
            userAgent: String((request.headers["user-agent"] ?? "").prefix(300)),
            language: language ?? .italian,
            idempotencyKey: key, expectedVersion: version,
            trace: Trace(following: request.headers.all("traceparent")))
    }

    /// The client's own request id where it is harmless, else a new one.
    private var identifier: String {
        guard let sent = request.headers["x-request-id"], (1...64).contains(sent.utf8.count),
            sent.utf8.allSatisfy({ byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || byte == 0x2d || byte == 0x2e || byte == 0x5f
            })
        else { return UUIDv7.make().description }
        return sent
    }

    /// The first language of Accept-Language that there are texts in; quality values only order within the
    /// list.
    var language: Language? {
        guard let header = request.headers["accept-language"] else { return nil }
        for part in header.split(separator: ",") {
            let tag = part.split(separator: ";")[0].drop { $0 == " " }.lowercased()
            if let language = Language.allCases.first(where: { tag.hasPrefix($0.rawValue) }) {
                return language
            }
        }
        return nil
    }

    private var key: String? {
        guard let key = request.headers["idempotency-key"], !key.isEmpty else { return nil }
        return key
    }

    /// `"7"`, `W/"7"` or `7`; anything else matches no version, `*` every one.
    private var version: Int? {
        guard let header = request.headers["if-match"] else { return nil }
        if header == "*" { return nil }
        var text = header[...]
        if text.hasPrefix("W/") { text = text.dropFirst(2) }
        if text.hasPrefix("\""), text.hasSuffix("\""), text.utf8.count >= 2 {
            text = text.dropFirst().dropLast()
        }
        return Int(text) ?? -1
    }
}

extension RequestInfo {
    /// What limits by address count by: an IPv4 address, or the 64 bits of an IPv6 one.
    public var network: String { Request.network(of: address) }

    /// The same in the caller's own language where the request named none.
    func speaking(_ caller: Principal, _ request: Request) -> RequestInfo {
        guard RequestReading(request: request).language == nil, caller.user != nil else { return self }
        var info = self
        info.language = caller.preferences.language
        return info
    }
}
