internal import Postgres
public import Wire

extension Context {
    /// Writes to the organization's security audit, in the transaction if there is one.
    ///
    /// `event` is a stable name such as `auth.login`; `subject` the person, role or record that it is about;
    /// `detail` holds no secrets. Without an organization nothing is written: those events go by
    /// `personEvent`.
    public func securityEvent(_ event: String, subject: UUIDv7? = nil, detail: JSON = .object(JSONObject()))
        async throws(Problem)
    {
        guard let organization = principal.organization else { return }
        _ = try await write([
            """
            insert into kernel.security_audit (
                organization_id, event, actor_kind, actor_id, subject_id, address, request_id, detail)
            values (
                \(organization)::uuid, \(event), \(principal.kind.rawValue), \(principal.user)::uuid,
                \(subject)::uuid,
                \(request.address.isEmpty ? nil : request.address)::inet, \(request.id), \(detail)::jsonb)
            """
        ])
    }

    /// Writes what happened to a person outside of any organization, such as a failed login, to the security
    /// audit of each organization that the person belongs to. Takes as long where the person is unknown
    /// (nil).
    public func personEvent(_ event: String, of person: UUIDv7?, detail: JSON = .object(JSONObject()))
        async throws(Problem)
    {
        _ = try await write([
            "select platform.record_person_event(\(person)::uuid, \(event), \(detail)::jsonb)"
        ])
    }
}
