internal import Postgres
internal import Wire

/// Looks for words in every entity that the caller may read.
struct SearchRecords: Action {
    struct Input: Shape {
        let words = Field.text("q", max: 200)
        /// Names of entities, separated by commas; by default all.
        let entities = Field.text("entities", max: 2000).optional
        let limit = Field.integer("limit", in: 1...50).default(20)
    }

    static let route = Route.get("/search")
    static let access = RouteAccess.member
    static let answer = AnswerShape.object([.init("data", "array")])
    static let problems = [403]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let entities = try self.entities(input.entities, in: context)
        let search = GlobalSearch(words: input.words, limit: Int(input.limit), context: context)
        return .json(try await search.document(over: entities))
    }

    /// The named entities, or all that have words to find; one that may not be read is refused by name.
    private static func entities(_ names: String?, in context: Context) throws(Problem) -> [EntityDefinition]
    {
        let searchable = context.runtime.registry.entities.filter {
            context.principal.plugins.contains($0.plugin) && $0.fields.contains(where: \.isSearchable)
        }
        guard let names else { return searchable.filter { context.principal.grant.holds($0.readPermission) } }
        var found: [EntityDefinition] = []
        for name in names.split(separator: ",") {
            guard let entity = searchable.first(where: { $0.name == name }) else {
                throw Problem.badQuery("entities", "unknown_entity")
            }
            try context.authorizer.require(entity.readPermission)
            if !found.contains(where: { $0.name == entity.name }) { found.append(entity) }
        }
        return found
    }
}
