internal import Kernel
internal import Postgres
internal import Wire

/// The stages that deals pass on their way to being won.
struct Funnel: Sendable {
    struct Step: Sendable {
        let id: UUIDv7
        let name: String
        let kind: String
        let isEngaging: Bool
        /// The stage and those after it, of which reaching one is having passed it; binned ones too.
        let further: [UUIDv7]
    }

    let pipeline: UUIDv7?
    let name: String?
    let steps: [Step]

    /// The conditions on a deal that came as far as a step, beside that of the pipeline; nil where each deal
    /// did.
    ///
    /// Of a deal that came lost, as imports tell of, nobody knows how far it got but by its `engaged_on`: that
    /// is for the stage with the lasting name `engaging`.
    func reached(_ place: Int) -> JSON? {
        guard place > 0 else { return nil }
        let ids = steps[place].further.prefix(200).map { JSON.string($0.description) }
        let stands: JSON = ["reached_stage_id", "in", .array(Array(ids))]
        guard let engaging = steps.firstIndex(where: \.isEngaging), place <= engaging else { return stands }
        let cameLost: JSON = [
            "all": [["reached_stage_id", "null", true], ["engaged_on", "null", false]]
        ]
        return ["any": [stands, cameLost]]
    }

    /// Today in the organization's zone, and the steps of a pipeline, or of the default one.
    static func ground(
        _ pipeline: UUIDv7?, in context: Context
    ) async throws(Problem) -> (today: CivilDate, funnel: Funnel) {
        let zone = context.principal.preferences.timeZone
        let today: SQL = "select (\(context.now)::timestamptz at time zone \(zone))::date"
        let results = try await context.read([today, try stages(pipeline, in: context)])
        guard let day = results[0].date(0, 0) else { throw Problem.unavailable }
        let rows = results[1]
        let places = Array(0..<rows.count)
        let steps = places.filter { rows.bool($0, 5) == false }.map { place in
            Step(
                id: rows.id(place, 1) ?? .zero, name: rows[place, 2] ?? "", kind: rows[place, 3] ?? "",
                isEngaging: rows[place, 4] == "engaging",
                further: places.filter { $0 >= place }.compactMap { rows.id($0, 1) })
        }
        let isFound = rows.count > 0
        return (
            today: day,
            funnel: Funnel(
                pipeline: isFound ? rows.id(0, 0) : nil, name: isFound ? rows[0, 6] : nil, steps: steps)
        )
    }

    /// Open ones in order, then won ones; none where the caller sees no pipelines.
    private static func stages(_ pipeline: UUIDv7?, in context: Context) throws(Problem) -> SQL {
        guard (try? context.authorizer.require("sales.pipeline.read")) != nil else {
            return "select null::uuid where false"
        }
        return """
            select p.id, s.id, s.name, s.kind, s.code_key, s.deleted_at is not null, p.name
            from sales.pipelines p
            left join sales.stages s on s.organization_id = p.organization_id and s.pipeline_id = p.id
            and s.kind <> 'lost'
            where \(sql: try context.reach(Pipeline.self, "p"))
            and (p.id = \(pipeline)::uuid or (\(pipeline)::uuid is null and p.is_default))
            order by s.kind = 'won', s.position, s.id
            limit 400
            """
    }
}
