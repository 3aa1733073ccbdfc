internal import Kernel

/// Proves an address with the token that was mailed to it. Its button does, not a look at it: programs that look
/// through mails open their links too.
struct VerifyPage: Page {
    static let name = "verify"
    static let path = "/verify"
    static let keeps = ["token"]

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        if visit.query["done"] != nil {
            return .page { html in
                html.notice(visit.text("page.verify.done"))
                html.links([(path: "/", text: visit.text("page.continue"))])
            }
        }
        // Another try with the same token would say the same.
        guard visit.problem?.errors.contains(where: { $0.field == "token" }) != true else {
            return .page { html in
                html.complaint(of: visit)
                html.links([(path: "/", text: visit.text("page.continue"))])
            }
        }
        return .page { html in
            html.element("p", visit.text("page.verify.text"))
            html.form(of: visit, [], button: visit.text("page.verify.button"))
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let input = try visit.input(VerifyEmail.Input.self, visit.members("token"))
        _ = try await VerifyEmail.run(input, in: visit.context)
        return .seeOther("/verify?done=1")
    }
}
