internal import Kernel

/// Ends the session of the browser. A look at it ends nothing, so that no picture or link of another site does.
struct LogOutPage: Page {
    static let name = "log_out"
    static let path = "/logout"
    static let keeps = ["next"]

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        guard visit.context.principal.user != nil || visit.problem != nil else { return .seeOther("/login") }
        return .page { html in
            html.element("p", visit.text("page.log_out.text"))
            html.form(of: visit, [], button: visit.text("page.log_out.button"))
        }
    }

    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let answer = try await LogOut.run(Values([:]), in: visit.context)
        return .seeOther(AddressText.local(visit["next"]) ?? "/login", answer.headers)
    }
}
