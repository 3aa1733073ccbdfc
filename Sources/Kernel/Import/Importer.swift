internal import Loop
internal import Postgres
public import Wire

/// Brings files in as records, in the caller's own task: what the routes, the jobs and the command line
/// share.
///
/// `analyse` takes a file in, `map` says what its columns mean, `check` tells what would happen, `run`
/// writes, `undo` takes back. Everything is done with the rights of the context's caller.
public struct Importer: Sendable {
    let context: Context

    /// Imports as the context's caller, in the caller's organization.
    public init(context: Context) { self.context = context }

    var store: ImportStore { ImportStore(context: context) }

    /// Copies a file into the installation, reads all of it and proposes a mapping; gives the import's id.
    ///
    /// Throws `unknown_entity`, `file_empty`, `file_unreadable`, `too_large`, or what the caller may not do.
    public func analyse(path: String, entity name: String) async throws(Problem) -> UUIDv7 {
        let entity = try importable(name)
        let folder = try ImportFolder(context)
        let id = UUIDv7.make(at: context.now)
        let target = folder.path(of: id)
        let limit = context.runtime.configuration.importLimit
        do {
            let size = try await context.runtime.blocking.run {
                try FileCopy.copy(path, to: target, limit: limit)
            }
            return try await analysed(id, entity, fileName: FileCopy.name(of: path), path: target, size: size)
        } catch let problem as Problem {
            FileCopy.remove(target)
            throw problem
        } catch {
            FileCopy.remove(target)
            throw Problem(422, "file_unreadable")
        }
    }

    /// Says what the columns mean; gives the import's JSON. Throws 422 with every fault.
    @discardableResult
    public func map(_ id: UUIDv7, _ mapping: JSON) async throws(Problem) -> JSON {
        let stored = try await store.find(id)
        _ = try context.authorizer.writing(stored.entity)
        var reader = MappingReader(entity: stored.entity, columns: stored.columns, context: context)
        let read = try reader.mapping(mapping)
        try await store.move(
            stored, from: [.analysed, .checked, .failed], to: .analysed,
            setting: """
                , mapping = \(mapping)::jsonb, done = 0, counts = '{}', unmatched = '[]', next_line = 0,
                next_offset = 0, started_at = null, finished_at = null
                """)
        try await ColumnProposals(entity: stored.entity, context: context).remember(read)
        return try await show(id)
    }

    /// Tells what would become of every row, without writing any; gives the import's JSON.
    @discardableResult
    public func check(_ id: UUIDv7) async throws(Problem) -> JSON {
        try await workAtOnce(id, .check)
    }

    /// Writes the rows; gives the import's JSON. One that was cut off goes on where it stood.
    @discardableResult
    public func run(_ id: UUIDv7) async throws(Problem) -> JSON {
        try await workAtOnce(id, .run)
    }

    /// Takes back what the import made and changed; gives the import's JSON with what was kept.
    @discardableResult
    public func undo(_ id: UUIDv7) async throws(Problem) -> JSON {
        try await workAtOnce(id, .undo)
    }

    /// Writes the rows, or goes on where a worker stood that is gone; one that is written is left alone. Gives
    /// the import's JSON.
    @discardableResult
    public func completeRun(_ id: UUIDv7) async throws(Problem) -> JSON {
        try await complete(id, .run, over: .done)
    }

    /// Takes an import back, or goes on with that; one of which nothing is written, or that is taken back, is
    /// left alone. Gives the import's JSON.
    @discardableResult
    public func completeUndo(_ id: UUIDv7) async throws(Problem) -> JSON {
        let status = try await store.find(id).status
        if status == .analysed || status == .checked || status == .checking { return try await show(id) }
        return try await complete(id, .undo, over: .undone)
    }

    private func complete(_ id: UUIDv7, _ task: Task, over end: ImportStatus) async throws(Problem) -> JSON {
        let status = try await store.find(id).status
        if status == end { return try await show(id) }
        return try await workAtOnce(id, task, isBegun: status == task.status)
    }

    /// Without a job: what stands in the way for good is kept as the import's failure.
    private func workAtOnce(
        _ id: UUIDv7, _ task: Task, isBegun: Bool = false
    ) async throws(Problem) -> JSON {
        if !isBegun { try await begin(id, task) }
        do { try await work(id, task) } catch {
            if !error.isTransient { try await fail(id, error.code) }
            throw error
        }
        return try await show(id)
    }

    /// The import as the API shows it.
    public func show(_ id: UUIDv7) async throws(Problem) -> JSON {
        let stored = try await store.find(id)
        return try await ImportView(stored: stored, context: context).json()
    }

    /// An entity whose records the caller may make by import.
    func importable(_ name: String) throws(Problem) -> EntityDefinition {
        guard let entity = context.runtime.registry.entity(name),
            context.principal.plugins.contains(entity.plugin),
            entity.operations.isSuperset(of: [.import, .create])
        else { throw Problem.invalid("entity", "unknown_entity") }
        _ = try context.authorizer.writing(entity)
        return entity
    }
}
