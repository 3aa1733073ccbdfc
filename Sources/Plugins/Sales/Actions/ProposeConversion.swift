internal import Kernel
internal import Wire

/// What converting a lead would meet: likely accounts and contacts; or what came of it.
struct ProposeConversion: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        init() {}
    }

    static let route = Route.get("/leads/{id}/conversion")
    static let access = RouteAccess.permission("sales.lead.read")
    static let problems = [404]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let lead = try await context.find(ID<Lead>(input.id))
        guard var answer = lead.conversion.objectValue else { throw Problem.notFound }
        let isOpen = lead.status != .converted
        let none = ConversionMatches(accounts: [], contacts: [])
        answer["proposals"] =
            isOpen ? try await ConversionMatches.find(for: lead, in: context).json : none.json
        answer["title"] = .string(lead.calledCompany)
        return .json(.object(answer))
    }
}
