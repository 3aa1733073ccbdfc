internal import Loop
internal import Postgres
internal import Tabular
internal import Wire

extension Importer {
    /// Reads a file that lies in its place and keeps what was understood of it.
    func analysed(
        _ id: UUIDv7, _ entity: EntityDefinition, fileName: String, path: String, size: Int64
    ) async throws(Problem) -> UUIDv7 {
        let analysis: TableAnalysis
        do { analysis = try await context.runtime.blocking.run { try TableAnalysis.of(path: path) } } catch {
            throw Self.problem(error)
        }
        let columns = try await ColumnProposals(entity: entity, context: context).columns(analysis)
        let name = String(fileName.unicodeScalars.filter { !$0.isForbidden }.prefix(255).map(Character.init))
        _ = try await context.write([
            """
            insert into kernel.imports (
                organization_id, id, entity, file_name, file_path, file_size, encoding, separator, format,
                columns, total)
            values (
                \(try context.organization())::uuid, \(id)::uuid, \(entity.name),
                \(name.isEmpty ? "file" : name),
                \(path), \(size)::bigint, \(analysis.format.encoding.rawValue),
                \(analysis.format.separator.rawValue),
                \(StoredImport.json(of: analysis.format))::jsonb, \(JSON.array(columns.map(\.json)))::jsonb,
                \(Int64(analysis.rows))::bigint)
            """
        ])
        return id
    }

    private static func problem(_ error: any Error) -> Problem {
        switch error {
        case is BlockingPool.Full: .unavailable
        case TableFileError.empty: .invalid("file", "file_empty")
        case TableFileError.tooManyColumns(_, let limit):
            .invalid("file", "too_many_columns", ["maximum": "\(limit)"])
        default: .invalid("file", "file_unreadable")
        }
    }
}
