internal import HTTP
internal import Wire

/// `GET /stream`: the changes that the caller may read, as they happen.
enum FollowChanges {
    static let media = "text/event-stream"

    /// The query.
    struct Input: Shape {
        /// Entities' names with commas between; all that the caller may read where it is left out.
        let types = Field.text("types", max: 2000).optional
        init() {}
    }

    /// The route. Its answer depends on a header and never ends, so it reads the request itself.
    static let definition = RouteDefinition(
        route: .get("/stream"), access: .member, plugin: KernelPlugin.manifest.id, entity: nil,
        operation: nil,
        input: Input.fields, transaction: .none, answer: .media(media), status: 200,
        problems: [400, 429, 503],
        bodyLimit: 0, operationID: "FollowChanges",
        respond: { (call: Call) async throws(Problem) -> Answer in try await respond(call) })

    private static func respond(_ call: Call) async throws(Problem) -> Answer {
        let streams = call.context.runtime.streams
        let opening = try StreamOpening(call, streams)
        guard let hub = streams.hub, let organization = call.context.principal.organization else {
            throw Problem.unavailable
        }
        let holder = call.context.principal.user ?? organization
        let ticket = try streams.census.admit(holder, in: organization)
        let rights = try await StreamRightsReader(runtime: call.context.runtime, entities: streams.entities)
            .rights(of: opening.principal, types: opening.types)
        guard await streams.catchUp() else { throw Problem.unavailable }
        let subscriber = Subscriber(opening, rights: rights, ticket: ticket, hub: hub)
        // Proxies that buffer would hold events back.
        return Answer(media: media, body: .events(subscriber)).with("X-Accel-Buffering", "no")
    }
}

/// What a client asks of its stream.
struct StreamOpening: Sendable {
    let request: Request
    let principal: Principal
    /// The places of the entities that are asked for; nil for all.
    let types: Set<Int>?
    let lastEvent: Subscriber.LastEvent
}

extension StreamOpening {
    init(_ call: Call, _ streams: Streams) throws(Problem) {
        request = call.request
        principal = call.context.principal
        let contents = try InputDecoder(fields: FollowChanges.Input.fields).decode(
            query: try call.query(), path: [:])
        types = try Self.types(Values<FollowChanges.Input>(contents).types, streams.entities)
        lastEvent = Self.lastEvent(call, streams)
    }

    private static func types(_ text: String?, _ entities: StreamEntities) throws(Problem) -> Set<Int>? {
        guard let text else { return nil }
        var places: Set<Int> = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let place = entities.place(of: name) else {
                throw Problem.badQuery("types", "unknown_entity")
            }
            places.insert(place)
        }
        return places
    }

    private static func lastEvent(_ call: Call, _ streams: Streams) -> Subscriber.LastEvent {
        guard let text = call.request.headers["last-event-id"], !text.isEmpty else { return .none }
        guard let place = streams.seal.position(text), StreamReplay.isFresh(place, at: call.context.now)
        else {
            return .unknown
        }
        return .place(place)
    }
}
