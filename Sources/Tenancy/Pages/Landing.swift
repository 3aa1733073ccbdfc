internal import Kernel
internal import Postgres
internal import Wire

/// Where somebody goes who has signed in: to the page that was wanted, else to the organization.
struct Landing {
    private let next: String?

    init(_ visit: Visit) {
        let next = AddressText.local(visit["next"])
        // Those would lead back, or out again.
        let isSignIn = ["/login", "/logout", "/signup"].contains { next?.hasPrefix($0) == true }
        self.next = isSignIn ? nil : next
    }

    /// The organization that the wanted page is of.
    var slug: String? { next.flatMap(Self.slug) }

    /// The path, for a session that acts in an organization, or in none.
    func path(in organization: UUIDv7?, _ context: Context) async throws(Problem) -> String {
        guard let organization else { return slug == nil ? next ?? "/organization" : "/organization" }
        let described = try await context.acting(in: organization).read(
            "select o.slug from platform.describe_organization() as o")
        guard described.count == 1, let own = described[0, 0] else { throw Problem.notFound }
        guard let next, slug == nil || slug == own else { return "/o/\(own)" }
        return next
    }

    /// The place of an organization that an action has led to.
    static func path(of answer: Answer, _ place: String = "") -> String {
        let slug = (try? JSON.parse(answer.bytes ?? []))?["organization"]?["slug"]?.stringValue
        return slug.map { "/o/\($0)\(place)" } ?? "/"
    }

    private static func slug(of path: String) -> String? {
        let parts = path.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
        return parts.count >= 2 && parts[0] == "o" ? String(parts[1]) : nil
    }
}

/// The start: the organization of whoever is signed in, else the log-in.
struct HomePage: Page {
    static let name = "home"
    static let path = "/"
    static let takesForm = false

    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer {
        let visitor = visit.context.principal
        guard visitor.user != nil else { return .seeOther("/login") }
        return .seeOther(try await Landing(visit).path(in: visitor.organization, visit.context))
    }
}
