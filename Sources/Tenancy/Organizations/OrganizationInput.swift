internal import Kernel
internal import Postgres
internal import Wire

/// What is told of a new organization.
struct OrganizationInput: Shape {
    let name = Field.text("name", max: 100)
    let slug = Field.text("slug", max: Slug.longest).validated(Slug.fault).optional
    let country = Field.text("country", max: 2).validated(Countries.fault).optional
    let vatNumber = Field.text("vat_number", max: 20).validated(Countries.numberFault).optional
    let locale = Field.text("locale", max: 35).validated(Locales.fault).default("it-IT")
    let timeZone = Field.text("time_zone", max: 64).default("Europe/Rome")
    let currency = Field.currency("currency").default("EUR")
    init() {}
}

/// The same, with all that has to be asked of the database checked too.
struct OrganizationRequest: Sendable {
    let input: Values<OrganizationInput>
    /// The slug that was chosen, or one made from the name that may still be varied.
    let slug: String
    let mayVary: Bool

    /// Checks everything at once; `prefix` goes before each field's name.
    static func check(_ contents: [String: Value], prefix: String, in context: Context) async throws(Problem)
        -> (request: OrganizationRequest?, errors: [FieldError])
    {
        let input = Values<OrganizationInput>(contents)
        var errors: [FieldError] = []
        let chosen = input.slug
        let rows = try await context.read(
            "select kernel.fold(\(input.name)), platform.is_slug_taken(\(chosen ?? ""))")
        if rows.bool(0, 1) == true { errors.append(FieldError(field: "\(prefix)slug", code: "slug_taken")) }
        if try await !TimeZones.contains(input.timeZone, in: context) {
            errors.append(
                FieldError(
                    field: "\(prefix)time_zone", code: "unknown_time_zone", expected: "IANA, Europe/Rome"))
        }
        guard errors.isEmpty else { return (nil, errors) }
        let slug = chosen ?? Slug.made(from: rows[0, 0] ?? "")
        return (OrganizationRequest(input: input, slug: slug, mayVary: chosen == nil), [])
    }

    /// Decodes the object of a sign-up, its faults under `prefix`.
    static func decode(_ json: JSON, prefix: String, in context: Context) async throws(Problem)
        -> (request: OrganizationRequest?, errors: [FieldError])
    {
        let contents: [String: Value]
        do { contents = try InputDecoder(fields: OrganizationInput.fields).decode(json) } catch {
            return (
                nil,
                error.errors.map { fault in
                    FieldError(
                        field: fault.field.isEmpty ? String(prefix.dropLast()) : prefix + fault.field,
                        code: fault.code, parameters: fault.parameters, expected: fault.expected)
                }
            )
        }
        return try await check(contents, prefix: prefix, in: context)
    }
}
