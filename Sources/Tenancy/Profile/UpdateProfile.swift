internal import Kernel
internal import Postgres
internal import Wire

/// Changes the caller's own name and preferences, in every organization.
struct UpdateProfile: Action {
    struct Input: Shape {
        let name = Field.text("name", max: 100).optional
        /// Null takes the organization's, as with the time zone.
        let locale = Field.text("locale", max: 35).validated(Locales.fault).optional
        let timeZone = Field.text("time_zone", max: 64).optional
        let theme = Field<Theme>.choice("theme").optional
        init() {}
    }

    /// How the web client looks.
    enum Theme: String, Choice { case light, dark, system }

    static let route = Route.patch("/me")
    static let access = RouteAccess.signedIn
    static let transaction = ActionTransaction.none
    static let answer = Profile.shape

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        guard let person = context.principal.user else { throw Problem(401, "unauthenticated") }
        if input.has(\.name), input.name == nil { throw Problem.invalid("name", "required") }
        if let zone = input.timeZone { try await TimeZones.require(zone, at: "time_zone", in: context) }
        var changes = JSONObject()
        for (key, value) in input.contents { changes[key] = value.json }
        _ = try await context.write([
            "select platform.update_account(\(person)::uuid, \(JSON.object(changes))::jsonb, \(context.now))"
        ])
        return try await Profile.answer(in: context)
    }
}
