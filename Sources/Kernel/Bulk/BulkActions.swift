internal import HTTP
internal import Postgres
internal import Wire

/// `GET /bulk/{id}`.
struct ShowBulkChange: Action {
    struct Input: Shape {
        let id = Field.id("id")
        init() {}
    }

    static let route = Route.get("/bulk/{id}")
    static let access = RouteAccess.member
    static let problems = [403]
    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let stored = try await BulkStore(context: context).find(input.id)
        _ = try context.authorizer.reading(stored.entity)
        return .json(try await BulkView(stored: stored, context: context).json())
    }
}

/// `POST /bulk/{id}/undo`: what was changed is taken back, save what somebody changed since.
struct UndoBulkChange: Action {
    typealias Input = ShowBulkChange.Input

    static let route = Route.post("/bulk/{id}/undo")
    static let access = RouteAccess.member
    static let status = 202
    static let problems = [403, 409]
    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let store = BulkStore(context: context)
        let stored = try await store.find(input.id, lock: true)
        _ = try context.authorizer.writing(stored.entity)
        _ = try context.authorizer.reading(stored.entity)
        guard !stored.isPruned else { throw Problem(409, "bulk_expired", ["days": "\(PruneBulk.days)"]) }
        guard stored.action.isUndoable(stored.entity) else { throw Problem(409, "not_undoable") }
        let allowed: [BulkStatus] = [.done, .failed]
        let hasMoved = try await store.move(
            stored.id, from: allowed, to: .undoing,
            setting: """
                , kept = '[]', done = 0, failure = null, finished_at = null, total = (
                    select count(*)
                    from kernel.bulk_rows r
                    where r.organization_id = b.organization_id and r.bulk_change_id = b.id)
                """)
        guard hasMoved else {
            throw Problem.wrongState(
                "bulk_state", stored.status.rawValue, allowed: allowed.map(\.rawValue))
        }
        try await context.enqueue(
            UndoBulk.self, values: ["bulk_id": .id(stored.id)], uniqueKey: "\(stored.id)")
        let moved = try await store.find(stored.id)
        return .json(try await BulkView(stored: moved, context: context).json(), status: 202)
            .with("Location", "/api/v1/bulk/\(stored.id)")
    }
}

/// Everything that changing many records gives to the kernel's own plugin, beside each entity's own route.
struct BulkContributions: Contribution {
    func add(to draft: inout RegistryDraft) {
        Actions(ShowBulkChange.self, UndoBulkChange.self).add(to: &draft)
        Jobs(RunBulk.self, UndoBulk.self, PruneBulk.self).add(to: &draft)
        Every(seconds: 86_400, PruneBulk.self, for: .organizations).add(to: &draft)
    }
}
