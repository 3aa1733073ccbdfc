internal import Wire

/// How many requests a minute callers may send; kernel.md 4. A plan's own numbers go before those of users,
/// keys and organizations.
public struct RequestLimits: Sendable, Equatable {
    /// Of one user or one API key, by methods that change something: plan's `writes_per_minute`.
    public var writes = 100
    /// Of one user or one API key, by GET and HEAD: plan's `reads_per_minute`.
    public var reads = 6000
    /// Of all in an organization: plan's `organization_writes_per_minute`.
    public var organizationWrites = 2000
    /// Of all in an organization: plan's `organization_reads_per_minute`.
    public var organizationReads = 60_000
    /// Of one address without a session, to sign up, log in and the like.
    public var signIns = 60
    /// Of one address without a session, to read, and to be refused.
    public var anonymousReads = 600

    /// The standard numbers.
    public init() {}
}

/// One allowance that a request draws on.
struct RequestAllowance: Sendable {
    /// Whose it is: `user:<id>:writes`.
    let subject: String
    let standard: Int
    /// The plan's word for the number, where plans have one.
    let name: String?
    /// Whose plan that is.
    let organization: UUIDv7?
}

/// What a request draws on.
struct RequestAllowances {
    let limits: RequestLimits

    /// Of somebody known, the person's or key's before the organization's: all processes lock in this order.
    func known(_ principal: Principal, isWrite: Bool) -> [RequestAllowance] {
        let kind = isWrite ? "writes" : "reads"
        var allowances: [RequestAllowance] = []
        if let subject = subject(of: principal) {
            allowances.append(
                RequestAllowance(
                    subject: "\(subject):\(kind)", standard: isWrite ? limits.writes : limits.reads,
                    name: "\(kind)_per_minute", organization: principal.organization))
        }
        if let organization = principal.organization {
            allowances.append(
                RequestAllowance(
                    subject: "organization:\(organization):\(kind)",
                    standard: isWrite ? limits.organizationWrites : limits.organizationReads,
                    name: "organization_\(kind)_per_minute", organization: organization))
        }
        return allowances
    }

    /// Of an address without a session.
    func anonymous(_ address: String, isWrite: Bool) -> [RequestAllowance] {
        let kind = isWrite ? "sign_ins" : "reads"
        return [
            RequestAllowance(
                subject: "address:\(address):\(kind)",
                standard: isWrite ? limits.signIns : limits.anonymousReads, name: nil,
                organization: nil)
        ]
    }

    private func subject(of principal: Principal) -> String? {
        principal.key.map { "key:\($0.id)" } ?? principal.user.map { "user:\($0)" }
    }
}
