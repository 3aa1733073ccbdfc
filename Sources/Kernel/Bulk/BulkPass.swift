internal import Postgres
internal import Wire

/// Changes the records portion by portion, as the member who asked for it.
///
/// Each portion is one transaction that also moves the work on: one that was cut off goes on behind the last
/// portion, and of two that run the same one waits and finds it done.
struct BulkPass {
    /// As the member; its request id is the change's.
    let context: Context
    let id: UUIDv7

    /// Goes through all portions.
    func finish() async throws(Problem) {
        while try await step() {}
    }

    /// Does one portion; whether there may be more.
    func step() async throws(Problem) -> Bool {
        try await context.inTransaction(.bulk) { (context: Context) async throws(Problem) -> Bool in
            try await context.demandActive()
            let store = BulkStore(context: context)
            let stored = try await store.find(id, lock: true)
            guard stored.status == .running else { return false }
            let number = stored.json["next_portion"]?.integerValue ?? 0
            guard let ids = try await portion(number, in: context) else {
                try await end(stored, in: context)
                return false
            }
            try await take(ids, number, stored, in: context)
            return true
        }
    }

    /// Done: which records were meant, the log knows better.
    private func end(_ stored: StoredBulk, in context: Context) async throws(Problem) {
        _ = try await BulkStore(context: context).move(
            id, from: [.running], to: .done, setting: ", finished_at = now(), failure = null")
        _ = try await context.write([
            """
            delete from kernel.bulk_portions as p
            where p.organization_id = \(try context.organization())::uuid and p.bulk_change_id = \(id)::uuid
            """
        ])
        try await context.notify(try await BulkNotices(stored: stored, context: context).done())
    }

    private func portion(_ number: Int64, in context: Context) async throws(Problem) -> [UUIDv7]? {
        let rows = try await context.read(
            """
            select array_to_json(p.records)::text
            from kernel.bulk_portions p
            where p.organization_id = \(try context.organization())::uuid and p.bulk_change_id = \(id)::uuid
            and p.portion = \(number)::integer
            """)
        guard rows.count == 1 else { return nil }
        return (rows.json(0, 0)?.arrayValue ?? []).compactMap { $0.stringValue.flatMap { UUIDv7($0) } }
    }

    private func take(
        _ ids: [UUIDv7], _ number: Int64, _ stored: StoredBulk, in context: Context
    ) async throws(Problem) {
        let entity = stored.entity
        let assigned = try assignments(stored)
        let states = try await BulkReach(entity: entity, context: context).states(ids)
        var plan = BulkPlan(stored.action, entity: entity, context: context)
        try await plan.take(ids.compactMap { states[$0] }, assigned: assigned)
        let versions = try await plan.write()
        var counts = stored.counts
        counts.error += Int64(plan.faults.count)
        counts.skip += Int64(plan.unchanged + ids.count - states.count)
        if stored.action == .delete {
            counts.delete += Int64(versions.count)
        } else {
            counts.update += Int64(versions.count)
        }
        for id in ids where states[id] == nil { plan.miss(id) }
        let log = BulkLog(id: id, context: context)
        let first = number * Int64(BulkStart.portion)
        var statements: [SQL] = []
        if !plan.sound.isEmpty { statements.append(try log.rows(plan, versions, first: first)) }
        if !plan.faults.isEmpty { statements.append(try log.faults(plan.faults, first: first)) }
        statements.append(
            try log.progress(counts, done: stored.done + Int64(ids.count), next: number + 1))
        _ = try await context.write(statements)
    }

    /// What is set, by the member's rights of now.
    private func assignments(_ stored: StoredBulk) throws(Problem) -> [String: Value] {
        guard stored.action == .update else { return [:] }
        let decoded = try BulkRequest.decoded(
            stored.json["assigned"] ?? .null, stored.entity, context.principal.grant)
        guard decoded.errors.isEmpty else { throw Problem.invalid(decoded.errors) }
        return decoded.assigned
    }
}
