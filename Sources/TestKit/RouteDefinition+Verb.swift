internal import HTTP
public import Kernel

extension RouteDefinition {
    /// The method's name: `GET`.
    public var verb: String { route.method.name }
    /// Beneath `/api/v1`, parameters in braces.
    public var path: String { route.path }
    /// Whether it only reads.
    public var isReading: Bool { verb == "GET" }
}
