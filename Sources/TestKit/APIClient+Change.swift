extension APIClient {
    /// Whether a path comes to be answered with this status within the five seconds that every process has to
    /// hear of a change of rights.
    public func comes(to status: Int, _ path: String) async throws -> Bool {
        try await Deadline.holds { try send("GET", path).status == status }
    }

    /// The same by a problem's code; nil is that of no problem.
    public func comes(to code: String?, _ path: String) async throws -> Bool {
        try await Deadline.holds { try send("GET", path).code == code }
    }

    /// Whether the session stops working in that time.
    public func ends() async throws -> Bool { try await comes(to: 401, "me") }
}
