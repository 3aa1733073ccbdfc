internal import Wire

/// Which import a job works on.
struct ImportPayload: Shape {
    let importID = Field.id("import_id")
    init() {}
}

/// A job that does one of an import's tasks.
protocol ImportJob: Job where Payload == ImportPayload {
    static var task: Importer.Task { get }
}

extension ImportJob {
    static func run(_ payload: Values<ImportPayload>, in job: JobContext) async throws(Problem) -> JobOutcome
    {
        try await ImportWork(id: payload.importID, task: task).run(in: job)
    }

    static func abandoned(
        _ payload: Values<ImportPayload>, id: UUIDv7, code: String, in context: Context
    ) async throws(Problem) {
        try await ImportWork(id: payload.importID, task: task).fail(code, in: context)
    }
}

/// Tells what would become of a file's rows.
struct CheckImport: ImportJob {
    static let kind = "kernel.import.check"
    static let task = Importer.Task.check
}

/// Writes a file's rows.
struct RunImport: ImportJob {
    static let kind = "kernel.import.run"
    static let task = Importer.Task.run
}

/// Takes an import back.
struct UndoImport: ImportJob {
    static let kind = "kernel.import.undo"
    static let task = Importer.Task.undo
}

/// What a job does of an import.
private struct ImportWork: MemberWork {
    let id: UUIDv7
    let task: Importer.Task

    func takeUp(in context: Context) async throws(Problem) -> Bool {
        try await Importer(context: context).takeUp(id, task)
    }

    func finish(in context: Context) async throws(Problem) {
        try await Importer(context: context).work(id, task)
    }

    func fail(_ code: String, in context: Context) async throws(Problem) {
        try await Importer(context: context).fail(id, code)
    }
}
