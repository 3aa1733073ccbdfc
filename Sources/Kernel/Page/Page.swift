/// A page for people outside of the web client: plain HTML that works without scripts. GET shows it, POST sends
/// its form; the kernel proves that the form is our own, and shows the page again where `submit` throws.
public protocol Page: Sendable {
    /// Names the page's texts, of which `page.<name>.title` is its heading: `log_in`.
    static var name: String { get }
    /// Under the public address, with parameters in braces: `/login`, `/forms/{id}`.
    static var path: String { get }
    /// Parameters of the address that the page's form and links pass on. One called `token` is a secret: the page
    /// then tells nobody where its visitors come from.
    static var keeps: [String] { get }
    /// Whether POST is taken.
    static var takesForm: Bool { get }
    /// Whose session the visitor may have.
    static var realm: TokenAudience { get }
    /// The page as it stands; `visit.problem` says what is wrong with the form that was sent.
    static func show(_ visit: Visit) async throws(Problem) -> PageAnswer
    /// Does what the form asks for, and leads elsewhere by `PageAnswer.seeOther`.
    static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer
}

extension Page {
    public static var keeps: [String] { [] }
    public static var takesForm: Bool { true }
    public static var realm: TokenAudience { .api }
    public static func submit(_ visit: Visit) async throws(Problem) -> PageAnswer { throw Problem.notFound }
}

/// What a page gives back.
public struct PageAnswer: Sendable {
    enum Content {
        /// With another heading than the page's own, where there is one.
        case page(title: String?, HTMLWriter)
        case seeOther(String)
    }

    let content: Content
    var headers: [(String, String)] = []

    /// What stands below the heading; `title` is another heading than `page.<name>.title`.
    public static func page(
        title: String? = nil, _ write: (inout HTMLWriter) -> Void
    ) -> PageAnswer {
        var html = HTMLWriter()
        write(&html)
        return PageAnswer(content: .page(title: title, html))
    }

    /// Leads to another place of ours, 303, with the cookies of a session that was opened or ended.
    public static func seeOther(_ path: String, _ headers: [(String, String)] = []) -> PageAnswer {
        PageAnswer(content: .seeOther(path), headers: headers.filter { $0.0 == "Set-Cookie" })
    }
}

/// Pages of the plugin.
public struct Pages: Contribution {
    private let types: [any Page.Type]
    /// Declares pages.
    public init(_ types: any Page.Type...) { self.types = types }
    public func add(to draft: inout RegistryDraft) {
        for type in types { draft.add(page: type) }
    }
}

/// One page of the installation: what the router finds and the crawl of tests visits.
public struct PageDefinition: Sendable {
    public let name: String
    public let path: String
    public let plugin: String
    public let keeps: [String]
    public let takesForm: Bool
    public let realm: TokenAudience
    let show: @Sendable (Visit) async throws(Problem) -> PageAnswer
    let submit: @Sendable (Visit) async throws(Problem) -> PageAnswer

    init<Declared: Page>(_ type: Declared.Type, plugin: String) {
        name = Declared.name
        path = Declared.path
        self.plugin = plugin
        keeps = Declared.keeps
        takesForm = Declared.takesForm
        realm = Declared.realm
        show = { (visit: Visit) async throws(Problem) -> PageAnswer in try await Declared.show(visit) }
        submit = { (visit: Visit) async throws(Problem) -> PageAnswer in try await Declared.submit(visit) }
    }

    /// Whether its address holds a secret.
    var isSecret: Bool { keeps.contains("token") }
}
