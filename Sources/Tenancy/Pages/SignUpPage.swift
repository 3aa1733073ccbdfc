internal import Kernel
internal import Postgres
internal import Wire

/// Makes an account and its organization, and leads into it.
struct SignUpPage: Page {
    static let name = "sign_up"
    static let path = "/signup"

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        if visit.problem == nil, visit.context.principal.user != nil { return .seeOther("/") }
        let organization = try await OrganizationFields.make(visit, name: "organization")
        return .page { html in
            html.form(
                of: visit,
                [
                    FormField("name", visit.text("page.field.name"), .known("name")),
                    FormField("email", visit.text("page.field.email"), .newEmail),
                    FormField(
                        "password", visit.text("page.field.password"), .newPassword,
                        hint: visit.text("page.field.new_password.hint")),
                ] + organization, button: visit.text("page.sign_up.button"))
            html.links([(path: "/login", text: visit.text("page.sign_up.log_in"))])
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        guard case .object(var body) = visit.members("name", "email", "password") else {
            throw Problem.notFound
        }
        body["organization"] = OrganizationFields.members(visit, name: "organization")
        do throws(Problem) {
            let answer = try await SignUp.run(
                try visit.input(SignUp.Input.self, .object(body)), in: visit.context)
            return .seeOther(Landing.path(of: answer, "/start"), answer.headers)
        } catch {
            throw OrganizationFields.placed(error)
        }
    }
}

/// Makes an organization for somebody who has signed in, as who belongs to none must.
struct NewOrganizationPage: Page {
    static let name = "new_organization"
    static let path = "/organization"

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        guard visit.context.principal.user != nil else { return .seeOther("/login?next=/organization") }
        let fields = try await OrganizationFields.make(visit, name: "name")
        return .page { html in
            if visit.context.principal.organization == nil {
                html.element("p", visit.text("page.new_organization.none"))
            }
            html.form(of: visit, fields, button: visit.text("page.new_organization.button"))
            html.links([(path: "/logout", text: visit.text("page.log_out.button"))])
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let members = OrganizationFields.members(visit, name: "name")
        let input = try visit.input(CreateOrganization.Input.self, members)
        let answer = try await CreateOrganization.run(input, in: visit.context)
        return .seeOther(Landing.path(of: answer, "/start"), answer.headers)
    }
}

/// The part of a form that tells of a new organization.
enum OrganizationFields {
    /// Name and address; where the address can't be had, one that can.
    ///
    /// `name` is what the field of the name is called.
    static func make(_ visit: Visit, name: String) async throws(Problem) -> [FormField] {
        let isRefused = visit.problem?.errors.contains { $0.field == "slug" } == true
        let free = isRefused ? try await proposal(visit[name], in: visit.context) : nil
        let hint =
            free.map { visit.text("page.field.slug.free", ["slug": $0]) }
            ?? visit.text("page.field.slug.hint")
        return [
            FormField(name, visit.text("page.field.organization"), .known("organization")),
            FormField("slug", visit.text("page.field.slug"), isOptional: true, hint: hint),
        ]
    }

    /// As the API takes them, in the page's language.
    static func members(_ visit: Visit, name: String) -> JSON {
        var object = JSONObject()
        for (key, field) in [("name", name), ("slug", "slug")] {
            if let value = visit.form[field], !value.isEmpty { object[key] = .string(value) }
        }
        object["locale"] = visit.context.request.language == .italian ? "it-IT" : "en-GB"
        return .object(object)
    }

    /// A sign-up's faults at the fields of its page, which has one form for person and organization.
    static func placed(_ problem: Problem) -> Problem {
        let fields = ["organization.name": "organization", "organization.slug": "slug"]
        var placed = problem
        placed.errors = problem.errors.map { error in
            FieldError(
                field: fields[error.field] ?? error.field, code: error.code, parameters: error.parameters,
                expected: error.expected)
        }
        return placed
    }

    /// A slug of the name that nobody has.
    private static func proposal(_ name: String, in context: Context) async throws(Problem) -> String? {
        let folded = try await context.read("select kernel.fold(\(String(name.prefix(100))))")[0, 0]
        let made = Slug.made(from: folded ?? "")
        let choices = [made] + (2...9).map { "\(made)-\($0)" }
        let rows = try await context.read(
            """
            select c.slug
            from unnest(\(choices)::text[]) with ordinality as c (slug, place)
            where not platform.is_slug_taken(c.slug)
            order by c.place
            limit 1
            """)
        return rows.count == 1 ? rows[0, 0] : nil
    }
}
