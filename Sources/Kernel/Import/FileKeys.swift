internal import Loop
internal import Tabular

/// The names that a file's own rows go by, as hashes: whether a reference may lead to another row of the same
/// file.
struct FileKeys: Sendable {
    private var hashes: Set<Int> = []

    /// Whether some row goes by this text.
    func contains(_ text: String) -> Bool { hashes.contains(Self.hash(text)) }

    mutating func insert(_ text: String) -> Bool { hashes.insert(Self.hash(text)).inserted }

    private static func hash(_ text: String) -> Int { text.trimmed.lowercased().hashValue }

    /// Columns whose texts a reference into the same file may name; none where no column refers so.
    static func columns(_ mapping: ImportMapping, entity: EntityDefinition) -> [Int] {
        let references = mapping.columns.filter { $0.match?.target.name == entity.name }
        let names = Set(references.flatMap { $0.match?.fields.map(\.key) ?? [] })
        return mapping.columns.filter { names.contains($0.field.key) }.map(\.index)
    }

    /// Reads those columns of the whole file.
    static func read(_ stored: StoredImport, columns: [Int], pool: BlockingPool) async throws(Problem)
        -> FileKeys
    {
        let (path, format) = (stored.path, stored.format)
        do {
            return try await pool.run {
                var keys = FileKeys()
                let reader = try Tabular.RecordReader(path: path, format: format)
                while let row = try reader.next() {
                    for column in columns where column < row.fields.count && !row.fields[column].isEmpty {
                        _ = keys.insert(row.fields[column])
                    }
                }
                return keys
            }
        } catch is BlockingPool.Full {
            throw Problem.unavailable
        } catch {
            throw Problem(422, "file_unreadable")
        }
    }
}
