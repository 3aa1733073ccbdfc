internal import Kernel
internal import Postgres
internal import Wire

extension Context {
    /// Writes to the audit of the vendor's realm. `actor` is nil for an address that nobody has; `detail`
    /// holds no secrets.
    func vendorEvent(_ event: String, by actor: UUIDv7?, detail: JSON = [:]) async throws(Problem) {
        _ = try await write([
            """
            select platform.record_vendor_event(
                \(actor)::uuid, \(actor)::uuid, \(event), \(detail)::jsonb)
            """
        ])
    }
}
