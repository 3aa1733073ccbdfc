internal import Wire

/// Which import a job works on.
struct ImportPayload: Shape {
    let importID = Field.id("import_id")
    init() {}
}

/// Tells what would become of a file's rows.
struct CheckImport: Job {
    static let kind = "kernel.import.check"
    static func run(_ payload: Values<ImportPayload>, in job: JobContext) async throws(Problem) -> JobOutcome
    {
        try await ImportJob.run(.check, payload.importID, in: job)
    }

    static func cancelled(
        _ payload: Values<ImportPayload>, id: UUIDv7, in context: Context
    ) async throws(Problem) {
        try await Importer(context: context).fail(payload.importID, "cancelled")
    }
}

/// Writes a file's rows.
struct RunImport: Job {
    static let kind = "kernel.import.run"
    static func run(_ payload: Values<ImportPayload>, in job: JobContext) async throws(Problem) -> JobOutcome
    {
        try await ImportJob.run(.run, payload.importID, in: job)
    }

    static func cancelled(
        _ payload: Values<ImportPayload>, id: UUIDv7, in context: Context
    ) async throws(Problem) {
        try await Importer(context: context).fail(payload.importID, "cancelled")
    }
}

/// Takes an import back.
struct UndoImport: Job {
    static let kind = "kernel.import.undo"
    static func run(_ payload: Values<ImportPayload>, in job: JobContext) async throws(Problem) -> JobOutcome
    {
        try await ImportJob.run(.undo, payload.importID, in: job)
    }

    static func cancelled(
        _ payload: Values<ImportPayload>, id: UUIDv7, in context: Context
    ) async throws(Problem) {
        try await Importer(context: context).fail(payload.importID, "cancelled")
    }
}

/// What the three kinds have in common: the member's own rights, and an end that the import shows.
private enum ImportJob {
    static func run(_ task: Importer.Task, _ id: UUIDv7, in job: JobContext) async throws(Problem)
        -> JobOutcome
    {
        guard let member = try await job.asMember() else {
            try await Importer(context: job.context).fail(id, "member_inactive")
            return .done
        }
        do { try await Importer(context: member).work(id, task) } catch {
            // Transient faults are tried again; the others stand in the import already.
            if error.isTransient, job.attempt < 10 { throw error }
            try await Importer(context: job.context).fail(id, error.code)
        }
        return .done
    }
}
