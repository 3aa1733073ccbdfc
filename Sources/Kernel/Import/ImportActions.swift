internal import HTTP
internal import Wire

/// The id of an import in a path.
struct ImportPath: Shape {
    let id = Field.id("id")
    init() {}
}

/// `GET /imports/{id}`.
struct ShowImport: Action {
    static let route = Route.get("/imports/{id}")
    static let access = RouteAccess.permission("imports.read")
    static func run(_ input: Values<ImportPath>, in context: Context) async throws(Problem) -> Answer {
        .json(try await Importer(context: context).show(input.id))
    }
}

/// `PUT /imports/{id}/mapping`.
struct MapImport: Action {
    struct Input: Shape {
        let id = Field.id("id")
        let key = Field.text("key", max: 63).optional
        let onMatch = Field.text("on_match", max: 20).optional
        let columns = Field<JSON>.json("columns")
        let constants = Field<JSON>.json("constants").optional
        init() {}
    }

    static let route = Route.put("/imports/{id}/mapping")
    static let access = RouteAccess.permission("imports.write")
    static let problems = [409]

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        var mapping = JSONObject()
        for key in ["key", "on_match", "columns", "constants"] {
            if let value = input.contents[key], !value.isNull { mapping[key] = value.json }
        }
        return .json(try await Importer(context: context).map(input.id, .object(mapping)))
    }
}

/// `POST /imports/{id}/check`.
struct StartImportCheck: Action {
    static let route = Route.post("/imports/{id}/check")
    static let access = RouteAccess.permission("imports.write")
    static let status = 202
    static let problems = [409]
    static func run(_ input: Values<ImportPath>, in context: Context) async throws(Problem) -> Answer {
        try await Importer(context: context).start(CheckImport.self, input.id)
    }
}

/// `POST /imports/{id}/run`.
struct StartImportRun: Action {
    static let route = Route.post("/imports/{id}/run")
    static let access = RouteAccess.permission("imports.write")
    static let status = 202
    static let problems = [409]
    static func run(_ input: Values<ImportPath>, in context: Context) async throws(Problem) -> Answer {
        try await Importer(context: context).start(RunImport.self, input.id)
    }
}

/// `POST /imports/{id}/undo`.
struct StartImportUndo: Action {
    static let route = Route.post("/imports/{id}/undo")
    static let access = RouteAccess.permission("imports.write")
    static let status = 202
    static let problems = [409]
    static func run(_ input: Values<ImportPath>, in context: Context) async throws(Problem) -> Answer {
        try await Importer(context: context).start(UndoImport.self, input.id)
    }
}

/// `GET /imports/{id}/errors.csv`.
struct DownloadImportErrors: Action {
    static let route = Route.get("/imports/{id}/errors.csv")
    static let access = RouteAccess.permission("imports.read")
    static let answer = AnswerShape.media("text/csv")
    static let problems = [409]
    static func run(_ input: Values<ImportPath>, in context: Context) async throws(Problem) -> Answer {
        let stored = try await ImportStore(context: context).find(input.id)
        guard stored.hasFile else { throw ImportStore.fileRemoved }
        return try ImportErrorFile(stored: stored, context: context).answer()
    }
}

extension Importer {
    /// Puts the work into the queue in the transaction of the state's change; 202 with the import.
    func start(_ job: (some ImportJob).Type, _ id: UUIDv7) async throws(Problem) -> Answer {
        try await begin(id, job.task)
        try await context.enqueue(job, values: ["import_id": .id(id)], uniqueKey: "\(id)")
        return .json(try await show(id), status: 202).with("Location", "/api/v1/imports/\(id)")
    }
}
