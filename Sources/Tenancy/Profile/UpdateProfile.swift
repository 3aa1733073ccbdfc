internal import Crypto
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

/// Sets another password, knowing the present one; every other session of the person ends.
struct ChangePassword: Action {
    struct Input: Shape {
        let current = Field.text("current_password", max: Password.longest)
        let new = Field.text("new_password", max: Password.longest).validated(Password.fault)
        init() {}
    }

    static let route = Route.post("/me/password")
    static let access = RouteAccess.signedIn
    static let transaction = ActionTransaction.none
    static let answer = AnswerShape.nothing
    static let status = 204

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let account = try await Account.caller(in: context)
        guard try await Password.verify(input.current, account.passwordHash, in: context) != .invalid else {
            try await context.personEvent("auth.password.change_failed", of: account.id)
            throw Problem.invalid("current_password", "wrong_password")
        }
        let hash = try await Password.hash(input.new, in: context)
        try await context.inTransaction { (context: Context) async throws(Problem) -> Void in
            _ = try await context.write([
                "select platform.set_password(\(account.id)::uuid, \(hash), \(context.now))"
            ])
            try await context.revokeSessions(
                of: account.id, sparing: context.principal.session, reason: "password_changed")
            try await context.personEvent("auth.password.changed", of: account.id)
        }
        return .noContent
    }
}
