internal import Kernel

/// Mails a link to set a new password, if the address has an account; what it says is the same for all.
struct ForgotPage: Page {
    static let name = "forgot"
    static let path = "/forgot"

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let links = [(path: "/login", text: visit.text("page.forgot.log_in"))]
        if visit.query["sent"] != nil, visit.problem == nil {
            return .page { html in
                html.notice(visit.text("page.forgot.sent"))
                html.links(links)
            }
        }
        return .page { html in
            html.element("p", visit.text("page.forgot.text"))
            html.form(
                of: visit, [FormField("email", visit.text("page.field.email"), .userName)],
                button: visit.text("page.forgot.button"))
            html.links(links)
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let input = try visit.input(ForgotPassword.Input.self, visit.members("email"))
        _ = try await ForgotPassword.run(input, in: visit.context)
        return .seeOther("/forgot?sent=1")
    }
}

/// Sets a new password with the token of that mail.
struct ResetPage: Page {
    static let name = "reset"
    static let path = "/reset"
    static let keeps = ["token"]

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        guard visit.problem?.errors.contains(where: { $0.field == "token" }) != true else {
            return .page { html in
                html.complaint(of: visit)
                html.links([(path: "/forgot", text: visit.text("page.reset.again"))])
            }
        }
        return .page { html in
            html.form(
                of: visit,
                [
                    FormField(
                        "password", visit.text("page.field.new_password"), .newPassword,
                        hint: visit.text("page.field.new_password.hint"))
                ], button: visit.text("page.reset.button"))
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let input = try visit.input(ResetPassword.Input.self, visit.members("token", "password"))
        _ = try await ResetPassword.run(input, in: visit.context)
        return .seeOther("/login?notice=password")
    }
}
