public import HTTP
public import Wire

/// A route that is not one of an entity's standard ones: one act, named by verb and noun.
public protocol Action: Sendable {
    /// The fields of the path, and of the body (of the query on GET).
    associatedtype Input: Shape
    static var route: Route { get }
    static var access: RouteAccess { get }
    static var transaction: ActionTransaction { get }
    /// What it answers, for the docs.
    static var answer: AnswerShape { get }
    /// The status of success.
    static var status: Int { get }
    /// What a request's body may weigh, in bytes.
    static var bodyLimit: Int { get }
    /// Statuses it may answer besides those that its access and input imply.
    static var problems: [Int] { get }
    /// From when on it is not to be used any more, where that is so.
    static var deprecation: Deprecation? { get }
    /// Whether the fields that the path lacks stand in a body; by default on all methods but GET and DELETE.
    static var readsBody: Bool { get }
    /// Whether API keys may call it; by default wherever rights are asked for. What concerns a person's own
    /// account, and not the organization's data, is for the person.
    static var admitsKeys: Bool { get }
    /// Whether members may call it who lack the second factor that their organization demands.
    static var precedesSecondFactor: Bool { get }
    /// Whether members may call it whose organization the vendor has suspended.
    static var outlastsSuspension: Bool { get }
    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer
}

extension Action {
    public static var transaction: ActionTransaction { route.method == .get ? .none : .write }
    public static var answer: AnswerShape { .anyObject }
    public static var status: Int { 200 }
    public static var bodyLimit: Int { 1_048_576 }
    public static var problems: [Int] { [] }
    public static var deprecation: Deprecation? { nil }
    public static var readsBody: Bool { route.method != .get && route.method != .delete }
    public static var admitsKeys: Bool { access != .signedIn }
    public static var precedesSecondFactor: Bool { access == .open }
    public static var outlastsSuspension: Bool { access == .open }
}

/// What an action or a standard route gives back.
public struct Answer: Sendable {
    public var status: Int
    public var headers: [(String, String)] = []
    public var body: Response.Body

    /// Any body with its media type.
    public init(status: Int = 200, media: String, body: Response.Body) {
        self.status = status
        self.body = body
        headers = [("Content-Type", media)]
    }

    private init(status: Int) {
        self.status = status
        body = .none
    }

    /// An encoded JSON document.
    public static func json(_ bytes: [UInt8], status: Int = 200) -> Answer {
        Answer(status: status, media: "application/json", body: .bytes(bytes))
    }

    /// A JSON document.
    public static func json(_ value: JSON, status: Int = 200) -> Answer {
        .json(value.encoded(), status: status)
    }

    /// 204.
    public static let noContent = Answer(status: 204)

    /// The same answer with one more header.
    public func with(_ name: String, _ value: String) -> Answer {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    /// The body where it is at hand as bytes.
    public var bytes: [UInt8]? {
        switch body {
        case .bytes(let bytes): bytes
        case .none: []
        default: nil
        }
    }
}
