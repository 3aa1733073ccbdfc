internal import HTTP

/// What every answer says to the browser, whatever it holds: kernel.md 4.
struct SecurityHeaders {
    private let headers: [(name: String, value: String)]

    init(publicURL: String) {
        var headers = [
            (name: "X-Content-Type-Options", value: "nosniff"),
            (name: "Referrer-Policy", value: "no-referrer"),
            (name: "X-Frame-Options", value: "DENY"),
            (name: "Cross-Origin-Opener-Policy", value: "same-origin"),
            (name: "Cross-Origin-Resource-Policy", value: "same-origin"),
            (name: "Permissions-Policy", value: "browsing-topics=(), interest-cohort=()"),
        ]
        // Told over TLS only: on a plain connection a browser must ignore it (RFC 6797, 8.1).
        if publicURL.hasPrefix("https://") {
            headers.append(
                (name: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains"))
        }
        self.headers = headers
    }

    /// Adds them; a page's own policy and caching stay.
    func add(to response: inout Response) {
        if response.header("Cache-Control") == nil {
            response.headers.append((name: "Cache-Control", value: "no-store"))
        }
        guard response.header("Content-Security-Policy") == nil else {
            // A page may have its own of the others too.
            response.headers += headers.filter { response.header($0.name) == nil }
            return
        }
        response.headers += headers
        response.headers.append(
            (name: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'"))
    }
}
