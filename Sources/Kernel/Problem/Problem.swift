public import Wire

/// What is wrong with one field of a request.
public struct FieldError: Sendable, Equatable {
    /// The path of the field: `lines[2].quantity`; empty for the record as a whole.
    public let field: String
    /// Stable code; `error.<code>` is its message, with `{name}` places for the parameters.
    public let code: String
    public let parameters: [String: String]
    /// What would be accepted, where that can be said: a message key `expected.<…>` or literal data.
    public let expected: String?

    /// Names a fault.
    public init(field: String, code: String, parameters: [String: String] = [:], expected: String? = nil) {
        self.field = field
        self.code = code
        self.parameters = parameters
        self.expected = expected
    }
}

/// The one public error: what a request's sender is told, as RFC 9457 lays it out.
///
/// `problem.<code>` is the message of its title, `problem.<code>.detail` of its detail.
public struct Problem: Error, Sendable {
    public let status: Int
    /// Stable for ever.
    public let code: String
    public var parameters: [String: String] = [:]
    public var errors: [FieldError] = []
    /// Further members of the document, such as `current` or `allowed`.
    public var members: [(key: String, value: JSON)] = []
    public var headers: [(String, String)] = []
    /// An already encoded JSON member, such as the current record of a 412.
    public var rawMember: (key: String, json: [UInt8])?

    /// Names a fact.
    public init(
        _ status: Int, _ code: String, _ parameters: [String: String] = [:], errors: [FieldError] = [],
        members: [(key: String, value: JSON)] = [], headers: [(String, String)] = []
    ) {
        self.status = status
        self.code = code
        self.parameters = parameters
        self.errors = errors
        self.members = members
        self.headers = headers
    }

    /// 404 in the same bytes for absent, out of scope, another tenant's and a plugin that is off.
    public static let notFound = Problem(404, "not_found")

    /// 422 with every wrong field.
    public static func invalid(_ errors: [FieldError]) -> Problem { Problem(422, "invalid", errors: errors) }

    /// 422 with one wrong field.
    public static func invalid(
        _ field: String, _ code: String, _ parameters: [String: String] = [:], expected: String? = nil
    )
        -> Problem
    {
        .invalid([FieldError(field: field, code: code, parameters: parameters, expected: expected)])
    }

    /// 400 for a query parameter.
    public static func badQuery(
        _ parameter: String, _ code: String, _ parameters: [String: String] = [:], expected: String? = nil
    )
        -> Problem
    {
        Problem(
            400, "invalid_query",
            errors: [FieldError(field: parameter, code: code, parameters: parameters, expected: expected)])
    }

    /// 403 with the permission's name.
    public static func permissionRequired(_ permission: String) -> Problem {
        Problem(
            403, "permission_required", ["permission": permission],
            members: [(key: "permission", value: .string(permission))])
    }

    /// 503: the server can't do it now and nothing was changed.
    public static let unavailable = Problem(503, "unavailable", headers: [("Retry-After", "1")])
    /// 503: the connection was lost while a change was confirmed; whether it holds is not known.
    public static let outcomeUnknown = Problem(503, "outcome_unknown", headers: [("Retry-After", "1")])
}
