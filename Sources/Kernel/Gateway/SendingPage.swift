internal import HTTP

/// Which page a request was sent by, as far as the browser tells.
struct SendingPage {
    let runtime: Runtime
    let request: Request

    /// Whether no other site's did.
    ///
    /// A page that tells nobody where its visitors come from names itself `null` in what it sends (Fetch,
    /// "append a request Origin header"); so does a frame in a sandbox, which Sec-Fetch-Site tells apart, and
    /// SameSite where a browser knows only that.
    func isOurs(evenNameless: Bool = false) -> Bool {
        if let site = request.headers["sec-fetch-site"], site != "same-origin", site != "none" {
            return false
        }
        guard let origin = request.headers["origin"] else { return true }
        if evenNameless, origin == "null" { return true }
        guard origin != runtime.configuration.publicURL else { return true }
        guard let host = request.headers["host"] else { return false }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}
