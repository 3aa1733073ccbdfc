public import Kernel
internal import Postgres
internal import Wire

/// Brings the public CRM data into an organization by the product's own importer, and takes it out again.
///
/// What was broken off goes on where it stood: each file's import is kept as soon as it is there.
public struct DemoLoad: Sendable {
    private let folder: String
    private let context: Context
    private let agentsAreMembers: Bool

    /// Works as the context's caller, who owns the deals whose agents are no members.
    public init(folder: String, context: Context, agentsAreMembers: Bool = false) {
        self.folder = folder
        self.context = context
        self.agentsAreMembers = agentsAreMembers
    }

    private var importer: Importer { Importer(context: context) }

    /// Loads all of it, or what is missing; `tell` hears what each file came to.
    public func run(_ tell: (String) -> Void) async throws(Problem) {
        var state = try await DemoState.read(in: context)
        if state.status != .loading { state = DemoState() }
        state.status = .loading
        let (pipeline, isNew) = try await pipeline(state)
        if isNew { state.pipeline = pipeline }
        for (place, file) in DemoFile.all.enumerated() {
            let isThere = place < state.imports.count
            if isThere, try await importer.show(state.imports[place])["status"] != "checking" { continue }
            let id = try await importer.analyse(path: "\(folder)/\(file.name)", entity: file.entity)
            if isThere { state.imports[place] = id } else { state.imports.append(id) }
            try await state.write(in: context)
        }
        for (id, file) in zip(state.imports, DemoFile.all) {
            try await bring(id, file, into: pipeline, tell)
        }
        state.status = .loaded
        try await state.write(in: context)
    }

    private func bring(
        _ id: UUIDv7, _ file: DemoFile, into pipeline: UUIDv7, _ tell: (String) -> Void
    ) async throws(Problem) {
        let status = try await importer.show(id)["status"]
        if status == "analysed" || status == "checked" {
            let mapping = file.mapping(into: pipeline, agentsAreMembers: agentsAreMembers)
            try await importer.map(id, mapping)
            let checked = try await importer.check(id)
            let taken = DemoFile.taking(checked["unmatched"]?.arrayValue ?? [], into: mapping, tell)
            if taken != mapping { try await importer.map(id, taken) }
        }
        let counts = try await importer.completeRun(id)["counts"]
        let (made, refused) = (counts?["create"]?.integerValue ?? 0, counts?["error"]?.integerValue ?? 0)
        tell("\(file.name): \(made) made, \(refused) refused")
    }

    /// The first pipeline that has the stages of the data, or one that is made for them.
    private func pipeline(_ state: DemoState) async throws(Problem) -> (id: UUIDv7, isNew: Bool) {
        if let made = state.pipeline { return (id: made, isNew: true) }
        let codes = Self.stages.map(\.code)
        let rows = try await context.read(
            """
            select p.id
            from sales.pipelines p
            where \(sql: try context.reach(Pipeline.self, "p")) and \(Int64(codes.count))::bigint = (
                select count(*)
                from sales.stages s
                where s.organization_id = p.organization_id and s.pipeline_id = p.id
                and s.deleted_at is null and s.code_key = any(\(codes)::text[]))
            order by p.is_default desc, p.id
            limit 1
            """)
        if let found = rows.isEmpty ? nil : rows.id(0, 0) { return (id: found, isNew: false) }
        let context = context
        let made = try await context.inTransaction { (context: Context) async throws(Problem) -> UUIDv7 in
            let name = "\(context.text("sales.start.pipeline")) (demo)"
            let pipeline = try await context.create(Pipeline.self, [.set(\.name, name)])
            for stage in Self.stages {
                let title = context.text("sales.start.stage.\(stage.code)")
                try await context.create(
                    Stage.self,
                    [
                        .set(\.pipeline, pipeline.id), .set(\.name, title), .set(\.code, stage.code),
                        .set(\.kind, stage.kind),
                    ])
            }
            return pipeline.id.uuid
        }
        return (id: made, isNew: true)
    }

    private static let stages: [(code: String, kind: Stage.Kind)] = [
        (code: "prospecting", kind: .open), (code: "engaging", kind: .open), (code: "won", kind: .won),
        (code: "lost", kind: .lost),
    ]

    // MARK: Removing

    /// Takes back what was made, the last first, and tells what stayed: what people changed since, or need.
    static func remove(in context: Context) async throws(Problem) {
        var state = try await DemoState.read(in: context)
        guard state.status == .removing else { return }
        let importer = Importer(context: context)
        var kept: [JSON] = []
        for id in state.imports.reversed() {
            let undone: JSON
            do { undone = try await importer.completeUndo(id) } catch {
                // Somebody may have put the import away.
                guard error.status == 404 else { throw error }
                continue
            }
            for record in undone["kept"]?.arrayValue ?? [] {
                guard var told = record.objectValue else { continue }
                told["type"] = undone["entity"] ?? .null
                kept.append(.object(told))
            }
        }
        if let pipeline = state.pipeline, let found = try await context.find([ID<Pipeline>(pipeline)]).first {
            do { try await context.delete(found) } catch {
                guard error.status < 500 else { throw error }
                kept.append([
                    "id": .string("\(pipeline)"), "type": .string(Pipeline.name),
                    "label": .string(found.name),
                    "reason": .string(error.code),
                ])
            }
        }
        state = DemoState()
        state.kept = Array(kept.prefix(1000))
        try await state.write(in: context)
    }
}
