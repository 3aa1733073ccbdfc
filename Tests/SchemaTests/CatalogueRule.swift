import Glibc
import Testing

/// A numbered rule of the catalogue: a query that gives what offends against it, and a script that breaks it.
struct CatalogueRule: Sendable, CustomTestStringConvertible {
    /// Its file's name without the ending, such as `0001_row_security`.
    let name: String
    /// Rows of (object, detail).
    let query: String
    /// Statements after which the query must find something.
    let violation: String

    var testDescription: String { name }

    /// All of them, by number.
    static let all: [CatalogueRule] = {
        let folder = #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
        return names(in: "\(folder)/Rules").map { file in
            CatalogueRule(
                name: String(file.dropLast(4)), query: text("\(folder)/Rules/\(file)"),
                violation: text("\(folder)/Violations/\(file)"))
        }
    }()

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".sql") { names.append(name) }
        }
        return names.sorted()
    }

    /// Empty when there is no such file: a rule without a query finds nothing, and its proof fails.
    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
