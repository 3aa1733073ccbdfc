public import HTTP

/// A call under way: the request with who calls and what the path says.
public struct Call: Sendable {
    public let context: Context
    public let request: Request
    /// What stood at the path's parameters, in order, decoded.
    public let parameters: [String]
}

/// One route of the installation: what the router finds, the docs tell and the crawl of tests calls.
public struct RouteDefinition: Sendable {
    public let route: Route
    public let access: RouteAccess
    /// The plugin that is on where the route exists.
    public let plugin: String
    /// For standard routes: the entity and what is done to it.
    public let entity: String?
    public let operation: Operation?
    /// The fields of path and body (or query), those of the path first.
    public let input: [FieldDefinition]
    public let transaction: ActionTransaction
    public let answer: AnswerShape
    public let status: Int
    public internal(set) var problems: [Int]
    public let bodyLimit: Int
    /// Names the operation in OpenAPI: `listOpportunities`, `ConvertLead`.
    public let operationID: String
    /// As `Action` declares it.
    public var deprecation: Deprecation?
    /// As `Action` declares them.
    public var readsBody = false
    public var admitsKeys = true
    public var precedesSecondFactor = false
    public var outlastsSuspension = false
    var respond: @Sendable (Call) async throws(Problem) -> Answer
}
