internal import Kernel
internal import Postgres
internal import Wire

/// Suspends an organization: its people and keys are refused, its jobs rest, its streams end, within seconds
/// on every process. Nothing of it is lost.
struct SuspendOrganization: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        /// Stands in both audits.
        let reason = Field.text("reason", max: 500)
        init() {}
    }

    static let route = Route.post("/vendor/organizations/{id}/suspend")
    static let access = RouteAccess.vendor(.superAdmin)
    static let transaction = ActionTransaction.none
    static let answer = VendorView.shape
    static let problems = [404, 409, 422]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let reason: String? = input.reason
        return try await Suspension.set(input.id, reason, refusal: "already_suspended", in: context)
    }
}

/// Lets an organization work again.
struct ReactivateOrganization: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.post("/vendor/organizations/{id}/reactivate")
    static let access = RouteAccess.vendor(.superAdmin)
    static let transaction = ActionTransaction.none
    static let answer = VendorView.shape
    static let problems = [404, 409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await Suspension.set(input.id, nil, refusal: "not_suspended", in: context)
    }
}

private enum Suspension {
    /// Suspends with a reason, reactivates without; 409 where it is so already.
    static func set(_ organization: UUIDv7, _ reason: String?, refusal: String, in context: Context)
        async throws(Problem) -> Answer
    {
        guard let session = context.principal.session else { throw Problem(401, "unauthenticated") }
        let rows = try await context.write([
            """
            select platform.set_organization_suspension(
                \(session)::uuid, \(organization)::uuid, \(reason)::text, \(context.now))
            """
        ])[0]
        switch rows[0, 0] {
        case "active", "suspended": return try await VendorView.answer(organization, in: context)
        case "unchanged": throw Problem(409, refusal)
        case "forbidden": throw Problem(403, "vendor_role_required")
        default: throw Problem.notFound
        }
    }
}
