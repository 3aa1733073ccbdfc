internal import Kernel
internal import Wire

/// Signs in with address and password and, where the person has one, the second factor in a second step.
struct LogInPage: Page {
    static let name = "log_in"
    static let path = "/login"
    static let keeps = ["next"]

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let visitor = visit.context.principal
        if visit.problem == nil, visitor.user != nil {
            return .seeOther(try await Landing(visit).path(in: visitor.organization, visit.context))
        }
        let ticket = visit.form["ticket"] ?? ""
        if !ticket.isEmpty, visit.problem?.code != "ticket_ended" { return code(visit, ticket) }
        return .page { html in
            if visit.query["notice"] == "password", visit.problem == nil {
                html.notice(visit.text("page.log_in.password_set"))
            }
            html.form(
                of: visit,
                [
                    FormField("email", visit.text("page.field.email"), .userName),
                    FormField("password", visit.text("page.field.password"), .currentPassword),
                ], button: visit.text("page.log_in.button"))
            html.links([
                (path: "/forgot", text: visit.text("page.log_in.forgot")),
                (path: "/signup", text: visit.text("page.log_in.sign_up")),
            ])
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let context = visit.context
        let proved: LogIn.Proved
        let code: String?
        if let ticket = visit.form["ticket"], !ticket.isEmpty {
            proved = try await LogIn.resume(ticket, in: context)
            code = try Self.code(in: visit)
        } else {
            let input = try visit.input(LogIn.Input.self, visit.members("email", "password"))
            proved = try await LogIn.prove(input.email, input.password, in: context)
            code = nil
        }
        do throws(Problem) {
            let landing = Landing(visit)
            let opened = try await LogIn.complete(
                proved, code: code, to: landing.slug.map { .slug($0) } ?? .organization(nil), in: context)
            let path = try await landing.path(in: opened.organization, context)
            return .seeOther(path, opened.pair.answer().headers)
        } catch {
            guard error.code == "totp_required" else { throw error.placed(at: "totp", "totp_invalid") }
            return Self.code(visit, try await LogIn.ticket(for: proved, in: context))
        }
    }

    /// The second step's code, which may be a recovery code.
    private static func code(in visit: Visit) throws(Problem) -> String {
        let input = try visit.input(SecondStep.self, visit.members("totp"))
        return input.totp
    }

    private static func code(_ visit: Visit, _ ticket: String) -> PageAnswer {
        .page(title: visit.text("page.log_in_code.title")) { html in
            html.element("p", visit.text("page.log_in_code.text"))
            html.form(
                of: visit,
                [
                    FormField(
                        "totp", visit.text("page.field.code"), .oneTimeCode,
                        hint: visit.text("page.log_in_code.hint"))
                ], button: visit.text("page.log_in.button"), hidden: [(name: "ticket", value: ticket)])
            html.links([(path: "/login", text: visit.text("page.log_in_code.again"))])
        }
    }
}

/// What the page of the second step sends.
struct SecondStep: Shape {
    let totp = Field.text("totp", max: 40)
    init() {}
}

extension Problem {
    /// The same at a field, where its code is this one: pages show faults where they were made.
    func placed(at field: String, _ code: String) -> Problem {
        guard self.code == code, errors.isEmpty else { return self }
        var placed = self
        placed.errors = [FieldError(field: field, code: "wrong_code")]
        return placed
    }
}
