internal import Postgres
internal import Wire

/// Makes one record in one batch: the idempotency key, what is expected of the database, the record, the
/// key's answer.
///
/// It knows only how things go well. Whatever else is the case (a fault, a repeat, a reference that leads
/// nowhere, something remembered that has changed) it leaves to the careful way, which asks first and tells
/// everything.
struct RecordCreation {
    let entity: EntityDefinition
    let context: Context
    /// Nil without `Idempotency-Key`.
    let store: IdempotencyStore?

    /// The new record, and the links of the header `Duplicates`.
    struct Made {
        let written: RecordWriter.Written
        let duplicates: String
    }

    /// Nil where the careful way is to be gone; nothing was written then.
    func create(_ json: JSON) async throws(Problem) -> Made? {
        let input = RecordInput(entity: entity, grant: context.principal.grant, kind: .create)
        guard context.transaction == nil, let decoded = try? input.decode(json), decoded.errors.isEmpty else {
            return nil
        }
        let change = RecordChange(
            kind: .create, id: decoded.id ?? .make(at: context.now), before: nil, assigned: decoded.assigned,
            isImport: false, now: context.now)
        let recollection = Recollection(
            memory: context.runtime.memory, organization: try context.organization(),
            user: context.principal.user)
        let completion = ForesightCompletion(entity: entity, context: context, recollection: recollection)
        guard let foreseen = try await completion.complete(change) else { return nil }
        let statements = try statements(foreseen)
        do {
            guard let rows = try await context.send(statements, isByKey: true).last else { return nil }
            return Made(written: try writer.written(rows), duplicates: rows[0, 3] ?? "")
        } catch let error as SQLError {
            try settle(error, recollection)
            return nil
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem.unavailable
        }
    }

    private var writer: RecordWriter { RecordWriter(entity: entity, context: context) }

    /// Throws what the careful way can't put right.
    private func settle(_ error: SQLError, _ recollection: Recollection) throws(Problem) {
        let isOfKey = store != nil && error.statement == 0
        switch error.state {
        // Another request with the key, or a table that grows: whoever waits longer will know.
        case .lockNotAvailable where isOfKey: return
        case .expectationFailed where isOfKey: return
        case .expectationFailed: recollection.forget()
        default:
            let problem = Problem(error, in: context.runtime)
            guard problem.status < 500 else { throw problem }
        }
    }

    // MARK: SQL

    private func statements(_ foreseen: ForesightCompletion.Foreseen) throws(Problem) -> [SQL] {
        var parts: [SQL] = ["made as (\(sql: try insert(foreseen)))"]
        let alike = DuplicateSearch(entity: entity, context: context).links(from: "made")
        if let alike { parts.append("alike as (\(sql: alike))") }
        let links: SQL = alike == nil ? "null::text" : "(select a.links from alike a)"
        if let store {
            let location = "/api/v1/\(entity.path)/\(foreseen.change.id)"
            parts.append("kept as (\(sql: try store.keep(from: "made", location, links, in: context)))")
        }
        if let notice = OwnerNotice.of(foreseen.change, entity, in: context) {
            parts += try NoticeWriter(context: context).parts(notice, from: "made")
        }
        let record: SQL = """
            with \(sql: parts.joined(separator: ",\n"))
            select m.body, m.id, m.version, \(sql: links)
            from made m
            """
        guard let store else { return [record] }
        return [try store.take(in: context), record]
    }

    private func insert(_ foreseen: ForesightCompletion.Foreseen) throws(Problem) -> SQL {
        let compared = DuplicateSearch(entity: entity, context: context).columns.map { ", t.\"\($0)\"" }
            .joined()
        return try writer.insert(
            [foreseen.change], where: foreseen.conditions,
            returning: """
                \(sql: writer.select.expression("t")) as body, t.id, t.version\(unsafeSQL: compared)
                """)
    }
}
