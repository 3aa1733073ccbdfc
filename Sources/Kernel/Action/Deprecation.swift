internal import HTTP
public import Wire

/// A route on its way out: told by `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) on every answer, and in
/// OpenAPI.
public struct Deprecation: Sendable, Equatable {
    /// From then on it should not be used any more.
    public let since: Instant
    /// From then on it may be gone.
    public let sunset: Instant?
    /// Where people read what to use instead.
    public let link: String?

    /// Declares it.
    public init(since: Instant, sunset: Instant? = nil, link: String? = nil) {
        self.since = since
        self.sunset = sunset
        self.link = link
    }

    var headers: [(name: String, value: String)] {
        var headers = [(name: "Deprecation", value: "@\(since.milliseconds / 1000)")]
        if let sunset {
            headers.append((name: "Sunset", value: HTTPDate.text(sunset.milliseconds / 1000)))
        }
        if let link { headers.append((name: "Link", value: "<\(link)>; rel=\"deprecation\"")) }
        return headers
    }
}
