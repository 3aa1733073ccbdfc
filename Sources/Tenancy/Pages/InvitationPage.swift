internal import Kernel
internal import Postgres
internal import Wire

/// Joins an organization by a mailed invitation: with a new account, or as whoever is signed in.
struct InvitationPage: Page {
    static let name = "invitation"
    static let path = "/invitation"
    static let keeps = ["token"]

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let invited = try await Invited.find(visit["token"], in: visit.context)
        let places = ["organization": invited.organization, "email": invited.email]
        let title = visit.text("page.invitation.title.named", places)
        let visitor = visit.context.principal
        if visitor.user != nil, visitor.email.lowercased() != invited.email.lowercased() {
            return .page(title: title) { html in
                let text = visit.text(
                    "page.invitation.another", ["own": visitor.email, "email": invited.email])
                html.element("p", text)
                html.links([(path: "/logout?next=\(address(visit))", text: visit.text("page.log_out.button"))]
                )
            }
        }
        if visitor.user != nil {
            return .page(title: title) { html in
                html.element("p", visit.text("page.invitation.join", places))
                html.form(of: visit, [], button: visit.text("page.invitation.button"))
            }
        }
        if invited.hasAccount {
            return .page(title: title) { html in
                html.element("p", visit.text("page.invitation.known", places))
                html.links([(path: "/login?next=\(address(visit))", text: visit.text("page.log_in.button"))])
            }
        }
        return .page(title: title) { html in
            html.element("p", visit.text("page.invitation.new", places))
            html.form(
                of: visit,
                [
                    FormField("name", visit.text("page.field.name"), .known("name")),
                    FormField(
                        "password", visit.text("page.field.password"), .newPassword,
                        hint: visit.text("page.field.new_password.hint")),
                ], button: visit.text("page.invitation.button"))
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let input = try visit.input(
            AcceptInvitation.Input.self, visit.members("token", "name", "password"))
        let answer = try await AcceptInvitation.run(input, in: visit.context)
        return .seeOther(Landing.path(of: answer), answer.headers)
    }

    /// This page with its token, as a part of an address.
    private static func address(_ visit: Visit) -> String {
        AddressText.escaped("\(path)?token=\(AddressText.escaped(visit["token"]))")
    }
}

/// Who is invited, and where; told to whoever holds the mailed token.
private struct Invited {
    let email: String
    let organization: String
    let hasAccount: Bool

    static func find(_ token: String, in context: Context) async throws(Problem) -> Invited {
        guard let organization = token.split(separator: ".").first.flatMap({ UUIDv7(String($0)) }) else {
            throw LinkFault.problem("invitation_invalid")
        }
        let looking = context.acting(in: organization, user: context.principal.user)
        let invitation = try await StoredInvitation.find(token, in: looking)
        let described = try await looking.read(
            "select o.name, platform.is_suspended() from platform.describe_organization() as o")
        guard described.bool(0, 1) == false else { throw Problem(403, "organization_suspended") }
        let account = try await Account.find(invitation.email, in: context)
        return Invited(
            email: invitation.email, organization: described[0, 0] ?? "", hasAccount: account != nil)
    }
}
