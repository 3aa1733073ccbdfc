import Kernel
import Wire

/// Ends an inspection with what was found.
struct CompleteInspection: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        let finding = Field.longText("finding", max: 4000)
    }

    static let route = Route.post("/inspections/{id}/completion")
    static let access = RouteAccess.permission("inspections.inspection.write")
    static let answer = AnswerShape.record(Inspection.name)
    static let problems = [404, 409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let inspection = try await context.find(ID<Inspection>(input.id))
        let done = try await context.update(
            inspection, [.set(\.status, .done), .set(\.finding, input.finding)])
        return .json(try await context.json(of: done.id))
    }
}
