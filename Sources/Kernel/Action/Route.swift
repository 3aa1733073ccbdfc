public import HTTP

/// A method and a path under `/api/v1`, with parameters in braces: `/leads/{id}/conversion`.
public struct Route: Sendable, Equatable {
    public let method: Method
    public let path: String

    /// A route of any method.
    public init(_ method: Method, _ path: String) {
        self.method = method
        self.path = path
    }

    public static func get(_ path: String) -> Route { Route(.get, path) }
    public static func post(_ path: String) -> Route { Route(.post, path) }
    public static func put(_ path: String) -> Route { Route(.put, path) }
    public static func patch(_ path: String) -> Route { Route(.patch, path) }
    public static func delete(_ path: String) -> Route { Route(.delete, path) }

    /// The names in braces, in order.
    public var parameters: [String] {
        path.split(separator: "/").compactMap { part in
            part.hasPrefix("{") && part.hasSuffix("}") ? String(part.dropFirst().dropLast()) : nil
        }
    }
}

/// Who may call a route.
public enum RouteAccess: Sendable, Equatable {
    /// Anybody, without a token.
    case open
    /// Anybody who is signed in, in whatever organization or none.
    case signedIn
    /// A member of the session's organization, whatever the role.
    case member
    /// A member whose role grants this permission in some scope.
    case permission(String)
    /// Somebody of the vendor's realm with this role or a higher one, by a token of that realm.
    case vendor(VendorRole)

    /// The permission, where one is needed.
    public var permission: String? { if case .permission(let name) = self { name } else { nil } }

    /// The vendor's role, where one is needed.
    public var vendorRole: VendorRole? { if case .vendor(let role) = self { role } else { nil } }
}

/// Whether the kernel opens a transaction around an action.
public enum ActionTransaction: Sendable, Equatable {
    /// None: the action reads, or opens its own once the slow part (a password's hash) is done.
    case none
    /// One owned transaction, committed when the action returns; `Idempotency-Key` holds for it.
    case write
}

/// What a route answers with, for the docs.
public enum AnswerShape: Sendable, Equatable {
    case nothing
    /// A record of the named entity.
    case record(String)
    /// A page of records of the named entity.
    case list(String)
    /// An object with these members.
    case object([FieldSummary])
    /// An object that is described in words only.
    case anyObject
    /// Something that is no JSON, of this media type.
    case media(String)

    /// A member of an answer's object.
    public struct FieldSummary: Sendable, Equatable {
        public let name: String
        public let kind: String
        /// The members of an object, where they are declared.
        public let members: [FieldSummary]?
        /// Names a member: `string`, `integer`, `boolean`, `object`, `array`; `string?` where it can be null.
        public init(_ name: String, _ kind: String) {
            self.name = name
            self.kind = kind
            members = nil
        }
        /// Names an object with these members, which is always there.
        public init(_ name: String, of members: [FieldSummary]) {
            self.name = name
            kind = "object"
            self.members = members
        }
    }
}
