internal import Kernel
internal import Postgres
internal import Wire

/// Who the caller is, in which organization, and what the role allows there.
struct ShowProfile: Action {
    typealias Input = NoInput
    static let route = Route.get("/me")
    static let access = RouteAccess.signedIn
    static let admitsKeys = true
    static let precedesSecondFactor = true
    static let outlastsSuspension = true
    static let answer = Profile.shape

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        try await Profile.answer(in: context)
    }
}

/// The caller's profile as `/me` shows it.
enum Profile {
    static let shape = AnswerShape.object([
        .init("user", "object"), .init("session", "object"), .init("organization", "object"),
        .init("role", "object"),
        .init("memberships", "array"), .init("permissions", "array"), .init("plugins", "array"),
    ])

    static func answer(in context: Context) async throws(Problem) -> Answer {
        guard let person = context.principal.user else { throw Problem(401, "unauthenticated") }
        var statements: [SQL] = [
            """
            select a.id, a.email, a.name, a.locale, a.time_zone, a.theme, a.is_verified, a.created_at
            from platform.read_account(\(person)::uuid) as a
            """,
            """
            select m.organization_id, m.slug, m.name, m.role_id, m.role_key, m.role_name, m.joined_at,
                m.status
            from platform.list_memberships(\(person)::uuid) as m
            where \(context.principal.key == nil)
               or m.organization_id = \(context.principal.organization)::uuid
            """,
            "select f.is_confirmed, f.codes_left from platform.read_totp(\(person)::uuid) as f",
        ]
        if let organization = context.principal.organization {
            statements.append(Self.settings(of: organization))
        }
        let results = try await context.read(statements)
        guard results[0].count == 1 else { throw Problem(401, "unauthenticated") }
        var writer = JSONWriter(capacity: 4096)
        writer.beginObject()
        writeUser(results[0], results[2], isKey: context.principal.key != nil, to: &writer)
        writer.field("session", session(context.principal))
        let looks = results.count > 3 ? results[3] : nil
        writeMemberships(results[1], looks, in: context, to: &writer)
        writeRights(context.principal, to: &writer)
        writer.endObject()
        return .json(writer.bytes)
    }

    /// What every member reads of the organization's settings, beside what the principal has.
    private static func settings(of organization: UUIDv7) -> SQL {
        """
        select s.key, s.value
        from kernel.settings s
        where s.organization_id = \(organization)::uuid and s.user_id is null
        and s.key = any(\(Branding.keys + ["locale", "week_start"])::text[])
        """
    }

    private static func session(_ principal: Principal) -> JSON {
        guard let session = principal.session else { return nil }
        return ["id": .string(session.description)]
    }

    /// How many recovery codes are left is for the person, and no program's business.
    private static func writeUser(_ rows: Rows, _ factor: Rows, isKey: Bool, to writer: inout JSONWriter) {
        writer.key("user")
        writer.beginObject()
        writer.field("id", rows.id(0, 0))
        writer.field("email", rows[0, 1])
        writer.field("name", rows[0, 2])
        writer.field("locale", rows[0, 3])
        writer.field("time_zone", rows[0, 4])
        writer.field("theme", rows[0, 5] ?? "dark")
        writer.field("email_verified", rows.bool(0, 6))
        let isOn = factor.count == 1 && factor.bool(0, 0) == true
        writer.field("two_factor", isOn)
        if !isKey { writer.field("recovery_codes_left", isOn ? factor.integer(0, 1) : nil) }
        writer.field("created_at", rows.instant(0, 7))
        writer.endObject()
    }

    private static func writeMemberships(
        _ rows: Rows, _ settings: Rows?, in context: Context, to writer: inout JSONWriter
    ) {
        let current = (0..<rows.count).first { rows.id($0, 0) == context.principal.organization }
        writer.key("organization")
        if let current {
            let looks = (context.principal.preferences, values(settings))
            writeOrganization(rows, current, looks, to: &writer)
        } else {
            writer.null()
        }
        writer.key("role")
        if let current { writeRole(rows, current, to: &writer) } else { writer.null() }
        writer.key("memberships")
        writer.beginArray()
        for row in 0..<rows.count {
            writer.beginObject()
            writer.key("organization")
            writeOrganization(rows, row, nil, to: &writer)
            writer.key("role")
            writeRole(rows, row, to: &writer)
            writer.field("joined_at", rows.instant(row, 6))
            writer.endObject()
        }
        writer.endArray()
    }

    private static func values(_ settings: Rows?) -> [String: JSON] {
        guard let settings else { return [:] }
        return Dictionary(
            (0..<settings.count).compactMap { row in
                settings[row, 0].map { ($0, settings.json(row, 1) ?? .null) }
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func writeOrganization(
        _ rows: Rows, _ row: Int, _ own: (preferences: Preferences, settings: [String: JSON])?,
        to writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.field("id", rows.id(row, 0))
        writer.field("slug", rows[row, 1])
        writer.field("name", rows[row, 2])
        writer.field("status", rows[row, 7])
        if let own {
            writer.field("locale", own.settings["locale"] ?? .string(own.preferences.locale))
            writer.field("time_zone", own.preferences.timeZone)
            writer.field("currency", own.preferences.currency)
            writer.field("week_start", own.settings["week_start"] ?? OrganizationSettings.weekStart)
            writer.field("branding", Branding.json(own.settings))
        }
        writer.endObject()
    }

    private static func writeRole(_ rows: Rows, _ row: Int, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("id", rows.id(row, 3))
        writer.field("key", rows[row, 4])
        writer.field("name", rows[row, 5])
        writer.endObject()
    }

    private static func writeRights(_ principal: Principal, to writer: inout JSONWriter) {
        writer.key("permissions")
        writer.beginArray()
        for (permission, scope) in principal.grant.scopes.sorted(by: { $0.key < $1.key }) where scope != .none
        {
            writer.beginObject()
            writer.field("permission", permission)
            writer.field("scope", scope.rawValue)
            writer.endObject()
        }
        writer.endArray()
        writer.field("hidden_fields", .array(principal.grant.hidden.sorted().map(JSON.string)))
        writer.field("read_only_fields", .array(principal.grant.readOnly.sorted().map(JSON.string)))
        writer.field("plugins", .array(principal.plugins.sorted().map(JSON.string)))
    }
}
