internal import Kernel
internal import Wire

/// No fields.
struct NoInput: Shape {
    init() {}
}

/// What the routes of the demo's data answer.
private enum DemoAnswer {
    static let shape = AnswerShape.object([
        .init("status", "string"), .init("progress", "object"), .init("imports", "array"),
        .init("kept", "array"), .init("failure", "string?"), .init("is_available", "boolean"),
    ])

    /// The state with how far its imports are: rows of the files while loading, records while removing.
    static func json(in context: Context) async throws(Problem) -> JSON {
        let state = try await DemoState.read(in: context)
        let importer = Importer(context: context)
        var (done, total): (Int64, Int64) = (0, 0)
        var imports: [JSON] = []
        for id in state.imports {
            let shown: JSON
            do { shown = try await importer.show(id) } catch {
                guard error.status == 404 else { throw error }
                continue
            }
            let status = shown["status"]?.stringValue ?? ""
            let rows = shown["rows"]?.integerValue ?? 0
            let made = shown["counts"]?["create"]?.integerValue ?? 0
            let step = shown["progress"]?["done"]?.integerValue ?? 0
            switch state.status {
            case .removing:
                total += made
                done += status == "undone" ? made : status == "undoing" ? min(step, made) : 0
            default:
                total += rows
                done +=
                    status == "running" ? min(step, rows) : ["done", "undone"].contains(status) ? rows : 0
            }
            imports.append([
                "id": .string("\(id)"), "entity": shown["entity"] ?? .null,
                "file_name": shown["file_name"] ?? .null, "status": .string(status),
                "created": .integer(made), "refused": shown["counts"]?["error"] ?? 0,
            ])
        }
        return [
            "status": .string(state.status.rawValue),
            "progress": ["done": .integer(done), "total": .integer(total)],
            "imports": .array(imports), "kept": .array(state.kept),
            "failure": state.failure.map { .string($0) } ?? .null,
            "is_available": .bool(context.runtime.configuration.demoFolder != nil),
        ]
    }
}

/// Whether the organization has the demo's data, and how far it is.
struct ShowDemoData: Action {
    typealias Input = NoInput
    static let route = Route.get("/demo-data")
    static let access = RouteAccess.permission("sales.demo.manage")
    static let answer = DemoAnswer.shape

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        .json(try await DemoAnswer.json(in: context))
    }
}

/// Begins to bring the demo's data in.
struct LoadDemoData: Action {
    typealias Input = NoInput
    static let route = Route.post("/demo-data")
    static let access = RouteAccess.permission("sales.demo.manage")
    static let answer = DemoAnswer.shape
    static let status = 202
    static let problems = [409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        guard context.runtime.configuration.demoFolder != nil else { throw Problem(409, "demo_data_missing") }
        _ = try await DemoState.begin(.loading, from: [.none, .failed], in: context)
        try await context.enqueue(LoadDemoJob.self, uniqueKey: "demo")
        return .json(try await DemoAnswer.json(in: context), status: 202)
    }
}

/// Begins to take the demo's data out, as a whole.
struct RemoveDemoData: Action {
    typealias Input = NoInput
    static let route = Route.delete("/demo-data")
    static let access = RouteAccess.permission("sales.demo.manage")
    static let answer = DemoAnswer.shape
    static let status = 202
    static let problems = [409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        _ = try await DemoState.begin(.removing, from: [.loaded, .failed], in: context)
        try await context.enqueue(RemoveDemoJob.self, uniqueKey: "demo")
        return .json(try await DemoAnswer.json(in: context), status: 202)
    }
}
