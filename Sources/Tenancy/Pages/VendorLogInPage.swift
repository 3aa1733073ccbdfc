internal import Crypto
internal import Kernel
internal import Wire

/// Signs in to the vendor's realm: address and password, then a code; at the first log-in the second factor is
/// set up, and a one-time password replaced.
struct VendorLogInPage: Page {
    static let name = "vendor_log_in"
    static let path = "/vendor/login"
    static let realm = TokenAudience.vendor

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        if visit.problem == nil, visit.context.principal.vendorRole != nil { return .seeOther("/vendor") }
        let hasEnded = ["ticket_ended", "enrolment_invalid"].contains(visit.problem?.code ?? "")
        if !hasEnded, let ticket = visit.form["ticket"], !ticket.isEmpty { return code(visit, ticket) }
        if !hasEnded, let token = visit.form["enrolment_token"], !token.isEmpty {
            return try await enrolment(visit, token)
        }
        return .page { html in
            html.form(
                of: visit,
                [
                    FormField("email", visit.text("page.field.email"), .userName),
                    FormField("password", visit.text("page.field.password"), .currentPassword),
                ], button: visit.text("page.log_in.button"))
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        if let token = visit.form["enrolment_token"], !token.isEmpty { return try await confirm(visit) }
        let context = visit.context
        let proved: VendorLogIn.Proved
        var code: String?
        if let ticket = visit.form["ticket"], !ticket.isEmpty {
            proved = try await VendorLogIn.resume(ticket, in: context)
            code = try visit.input(SecondStep.self, visit.members("totp")).totp
        } else {
            let input = try visit.input(VendorLogIn.Input.self, visit.members("email", "password"))
            proved = try await VendorLogIn.prove(input.email, input.password, in: context)
        }
        do throws(Problem) {
            let answer = try await VendorLogIn.complete(proved, code: code, in: context)
            return .seeOther("/vendor", answer.headers)
        } catch {
            switch error.code {
            case "totp_required":
                return Self.code(visit, try await VendorLogIn.ticket(for: proved, in: context))
            case "totp_enrolment_required":
                let token = error.members.first { $0.key == "enrolment_token" }?.value.stringValue ?? ""
                _ = try await StartVendorTOTP.run(
                    try visit.input(StartVendorTOTP.Input.self, ["enrolment_token": .string(token)]),
                    in: context)
                return try await enrolment(visit, token)
            default: throw error.placed(at: "totp", "totp_invalid")
            }
        }
    }

    private static func confirm(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let members = visit.members("enrolment_token", "code", "password")
        let input = try visit.input(ConfirmVendorTOTP.Input.self, members)
        return .seeOther("/vendor", try await ConfirmVendorTOTP.run(input, in: visit.context).headers)
    }

    private static func code(_ visit: Visit, _ ticket: String) -> PageAnswer {
        .page(title: visit.text("page.log_in_code.title")) { html in
            html.element("p", visit.text("page.log_in_code.text"))
            html.form(
                of: visit, [FormField("totp", visit.text("page.field.code"), .oneTimeCode)],
                button: visit.text("page.log_in.button"), hidden: [(name: "ticket", value: ticket)])
            html.links([(path: path, text: visit.text("page.log_in_code.again"))])
        }
    }

    /// The secret as it was made for this enrolment, for as often as its first code is tried.
    private static func enrolment(_ visit: Visit, _ token: String) async throws(Problem) -> PageAnswer {
        let user = try await VendorUser.find(enrolment: token, in: visit.context)
        guard let sealed = user.sealed else { throw Problem(409, "totp_not_begun") }
        let passwords = try SecondFactor.open(sealed, of: user.id, in: visit.context)
        let setup = AuthenticatorSetup(
            passwords: passwords, account: user.email, issuer: StartVendorTOTP.issuer)
        var fields = [FormField("code", visit.text("page.field.code"), .oneTimeCode)]
        if user.isOneTime {
            fields.append(
                FormField(
                    "password", visit.text("page.field.new_password"), .newPassword,
                    hint: visit.text("page.vendor_enrolment.password")))
        }
        return .page(title: visit.text("page.vendor_enrolment.title")) { html in
            html.element("p", visit.text("page.vendor_enrolment.text"))
            if let code = QRCode(setup.address) {
                html.picture(of: code, name: visit.text("page.vendor_enrolment.code"))
            }
            html.element("p", [("class", "secret")]) { html in
                html.element("code", grouped(Base32.encode(passwords.secret)))
            }
            html.links([(path: setup.address, text: visit.text("page.vendor_enrolment.open"))])
            html.form(
                of: visit, fields, button: visit.text("page.vendor_enrolment.button"),
                hidden: [(name: "enrolment_token", value: token)])
        }
    }

    /// In fours, as people type it.
    private static func grouped(_ secret: String) -> String {
        let letters = Array(secret)
        return stride(from: 0, to: letters.count, by: 4)
            .map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: " ")
    }
}
