internal import Kernel
internal import Postgres
internal import Wire

/// Whether an organization has the demo's data, as a setting of it keeps it.
struct DemoState: Sendable {
    enum Status: String, Sendable { case none, loading, loaded, removing, failed }

    var status = Status.none
    /// In the order of the files.
    var imports: [UUIDv7] = []
    /// A pipeline that was made for the demo's deals.
    var pipeline: UUIDv7?
    /// What a removal left, with why.
    var kept: [JSON] = []
    /// The code of why loading or removing ended.
    var failure: String?

    static let key = "demo.data"
    /// What installations wrote that knew no state.
    private static let marker = "demo.loaded"

    init() {}

    private init(_ json: JSON) {
        func ids(_ name: String) -> [UUIDv7] {
            (json[name]?.arrayValue ?? []).compactMap { $0.stringValue.flatMap { UUIDv7($0) } }
        }
        status = json["status"]?.stringValue.flatMap { Status(rawValue: $0) } ?? .none
        imports = ids("imports")
        pipeline = json["pipeline"]?.stringValue.flatMap { UUIDv7($0) }
        kept = json["kept"]?.arrayValue ?? []
        failure = json["failure"]?.stringValue
    }

    private var json: JSON {
        [
            "status": .string(status.rawValue), "imports": .array(imports.map { .string("\($0)") }),
            "pipeline": pipeline.map { .string("\($0)") } ?? .null, "kept": .array(kept),
            "failure": failure.map { .string($0) } ?? .null,
        ]
    }

    /// As it stands; `isHeld` keeps others from changing it until the transaction ends.
    static func read(in context: Context, isHeld: Bool = false) async throws(Problem) -> DemoState {
        let organization = try context.organization()
        let hold = isHeld ? "for update of s" : ""
        let results = try await context.read([
            """
            select s.value
            from kernel.settings s
            where s.organization_id = \(organization)::uuid and s.user_id is null and s.key = \(key)
            \(unsafeSQL: hold)
            """,
            """
            select distinct on (i.file_name) i.id, i.file_name
            from kernel.imports i
            join kernel.settings s on s.organization_id = i.organization_id and s.user_id is null
            and s.key = \(marker)
            where i.organization_id = \(organization)::uuid and i.status = 'done'
            and i.file_name = any(\(DemoFile.all.map(\.name))::text[])
            order by i.file_name, i.created_at, i.id
            """,
        ])
        if let json = results[0].isEmpty ? nil : results[0].json(0, 0) { return DemoState(json) }
        var state = DemoState()
        let rows = results[1]
        for file in DemoFile.all {
            let found = (0..<rows.count).first { rows[$0, 1] == file.name }
            if let id = found.flatMap({ rows.id($0, 0) }) { state.imports.append(id) }
        }
        if !state.imports.isEmpty { state.status = .loaded }
        return state
    }

    /// Keeps it.
    func write(in context: Context) async throws(Problem) {
        _ = try await context.write([
            """
            insert into kernel.settings (organization_id, key, value)
            values (\(try context.organization())::uuid, \(Self.key), \(json)::jsonb)
            on conflict on constraint settings_key_key do update set value = excluded.value
            """
        ])
    }

    /// Moves it on from one of these, in a transaction; 409 from any other.
    static func begin(
        _ status: Status, from allowed: [Status], in context: Context
    ) async throws(Problem) -> DemoState {
        let found = try await read(in: context)
        _ = try await context.write([
            """
            insert into kernel.settings (organization_id, key, value)
            values (\(try context.organization())::uuid, \(key), \(found.json)::jsonb)
            on conflict on constraint settings_key_key do nothing
            """
        ])
        var state = try await read(in: context, isHeld: true)
        guard allowed.contains(state.status) else {
            throw Problem(
                409, "demo_data_state", ["state": state.status.rawValue],
                members: [(key: "state", value: .string(state.status.rawValue))])
        }
        // What failed goes on where it stood.
        if state.status == .none { state = DemoState() }
        state.status = status
        state.kept = []
        state.failure = nil
        try await state.write(in: context)
        return state
    }
}
