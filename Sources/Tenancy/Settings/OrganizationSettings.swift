internal import Kernel
internal import Postgres
internal import Wire

/// What an organization decides for itself, typed: its profile, and how its people are answered.
struct OrganizationSettings: Shape {
    let name = Field.text("name", max: 100).optional
    let legalName = Field.text("legal_name", max: 200).optional
    let country = Field.text("country", max: 2).validated(Countries.fault).optional
    let vatNumber = Field.text("vat_number", max: 20).validated(Countries.numberFault).optional
    let taxCode = Field.text("tax_code", max: 20).validated(Countries.numberFault).optional
    let address = Field.address("address").optional
    let locale = Field.text("locale", max: 35).validated(Locales.fault).optional
    let timeZone = Field.text("time_zone", max: 64).optional
    let currency = Field.currency("currency").optional
    /// ISO 8601: 1 is Monday.
    let weekStart = Field.integer("week_start", in: 1...7).optional
    /// Up to 50 origins whose pages may call the API by tokens and keys.
    let corsOrigins = Field<JSON>.json("cors_origins").validated(Self.originsFault).optional
    /// Whether members without a second factor are kept out until they have one.
    let requireTwoFactor = Field.boolean("require_two_factor").optional
    /// How the organization looks: null leaves it to the client.
    let brandPrimary = Field.text("brand_primary", max: 7).validated(Branding.colorFault).optional
    let brandAccent = Field.text("brand_accent", max: 7).validated(Branding.colorFault).optional
    let logo = Field.longText("logo", max: Branding.longestLogo).validated(Branding.logoFault).optional
    init() {}

    /// The code of what is wrong with a list of origins.
    private static func originsFault(_ value: Value) -> String? {
        guard case .json(let list) = value else { return nil }
        guard let origins = list.arrayValue, origins.count <= 50,
            origins.allSatisfy({ $0.stringValue.map(WebOrigin.isValid) ?? false })
        else { return "not_origins" }
        return nil
    }

    /// Monday.
    static let weekStart: JSON = 1

    /// Those that can't be emptied, with what they are until they are set.
    static let required: [(key: String, standard: JSON)] = [
        (key: "locale", standard: "it-IT"), (key: "time_zone", standard: "Europe/Rome"),
        (key: "currency", standard: "EUR"), (key: "week_start", standard: weekStart),
        (key: "cors_origins", standard: []),
        (key: "require_two_factor", standard: false),
    ]

    /// All of them as they stand.
    static func read(in context: Context) async throws(Problem) -> JSONObject {
        let results = try await context.read([
            """
            select o.id, o.slug, o.name, o.country, o.plan_code, o.created_at
            from platform.describe_organization() o
            """,
            """
            select s.key, s.value from kernel.settings s
            where s.organization_id = \(try context.organization())::uuid and s.user_id is null
            """,
        ])
        let (organization, rows) = (results[0], results[1])
        guard organization.count == 1 else { throw Problem.notFound }
        let values = Dictionary(
            (0..<rows.count).compactMap { row in rows[row, 0].map { ($0, rows.json(row, 1) ?? .null) } },
            uniquingKeysWith: { first, _ in first })
        var settings = JSONObject()
        settings["id"] = organization[0, 0].map(JSON.string)
        settings["slug"] = organization[0, 1].map(JSON.string)
        settings["plan_code"] = organization[0, 4].map(JSON.string)
        settings["created_at"] = organization.instant(0, 5).map { .string($0.description) }
        for field in Self.fields {
            switch field.key {
            case "name": settings["name"] = organization[0, 2].map(JSON.string) ?? .null
            case "country": settings["country"] = organization[0, 3].map(JSON.string) ?? .null
            default:
                let standard = required.first { $0.key == field.key }?.standard ?? .null
                settings[field.key] = values[field.key] ?? standard
            }
        }
        return settings
    }
}

/// The organization's settings.
struct ShowSettings: Action {
    typealias Input = NoInput
    static let route = Route.get("/settings")
    static let access = RouteAccess.permission("settings.read")

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        .json(.object(try await OrganizationSettings.read(in: context)))
    }
}

/// Changes those that are sent.
struct UpdateSettings: Action {
    typealias Input = OrganizationSettings
    static let route = Route.patch("/settings")
    static let access = RouteAccess.permission("settings.write")

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let needed = ["name"] + OrganizationSettings.required.map(\.key)
        var errors = needed.filter { input.contents[$0] == .null }.map {
            FieldError(field: $0, code: "required")
        }
        if let zone = input.timeZone, try await !TimeZones.contains(zone, in: context) {
            errors.append(
                FieldError(field: "time_zone", code: "unknown_time_zone", expected: "IANA, Europe/Rome"))
        }
        let before = try await OrganizationSettings.read(in: context)
        // Who demands it of all has it: nobody keeps everybody out, themselves included, by a click.
        if input.requireTwoFactor == true, before["require_two_factor"] != true,
            try await !SecondFactor.isOn(for: context.principal.user, in: context)
        {
            errors.append(FieldError(field: "require_two_factor", code: "two_factor_first"))
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        try await write(input, before, in: context)
        let after = try await OrganizationSettings.read(in: context)
        var changes = JSONObject()
        for (key, value) in after.entries where before[key] != value {
            let sides = [before[key] ?? .null, value]
            changes[key] = .array(key == Branding.logoKey ? sides.map(Branding.summary) : sides)
        }
        if !changes.isEmpty { try await context.securityEvent("settings.changed", detail: .object(changes)) }
        return .json(.object(after))
    }

    private static func write(_ input: Values<Input>, _ before: JSONObject, in context: Context)
        async throws(Problem)
    {
        if input.has(\.name) || input.has(\.country) {
            let name = input.name ?? before["name"]?.stringValue ?? ""
            let country = input.has(\.country) ? input.country : before["country"]?.stringValue
            _ = try await context.write(["select platform.update_organization(\(name), \(country))"])
        }
        let others = input.contents.filter { $0.key != "name" && $0.key != "country" }
        try await context.writeSettings(
            others.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value.json) })
    }
}
