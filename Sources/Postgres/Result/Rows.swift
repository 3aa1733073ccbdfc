internal import CLibpq

/// What one statement answered: rows of text cells, read in place.
public struct Rows: Sendable {
    let storage: Storage
    /// How many rows.
    public let count: Int
    /// How many columns.
    public let columnCount: Int

    /// Owns a result of libpq's.
    ///
    /// `@unchecked Sendable`: a result is never changed after PQgetResult has given it away, and does not
    /// refer to its connection; the last reference frees it.
    final class Storage: @unchecked Sendable {
        let result: OpaquePointer
        init(_ result: OpaquePointer) { self.result = result }
        deinit { PQclear(result) }
    }

    /// Takes ownership of `result`.
    init(_ result: OpaquePointer) {
        storage = Storage(result)
        count = Int(PQntuples(result))
        columnCount = Int(PQnfields(result))
    }

    /// Bytes that the answer holds.
    public var memorySize: Int { PQresultMemorySize(storage.result) }

    /// Whether no row was found.
    public var isEmpty: Bool { count == 0 }

    /// The columns' names in order.
    public var columnNames: [String] {
        (0..<Int32(columnCount)).map { PQfname(storage.result, $0).map { String(cString: $0) } ?? "" }
    }

    /// How many rows the statement inserted, changed, deleted or found.
    public var affected: Int { PQcmdTuples(storage.result).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// What the server says it did, such as `INSERT 0 1` or `ROLLBACK`.
    var commandTag: String { PQcmdStatus(storage.result).map { String(cString: $0) } ?? "" }

    /// Whether a cell is SQL's null.
    public func isNull(_ row: Int, _ column: Int) -> Bool {
        check(row, column)
        return PQgetisnull(storage.result, Int32(row), Int32(column)) == 1
    }

    /// A cell as text, or nil when null.
    public subscript(row: Int, column: Int) -> String? {
        guard !isNull(row, column) else { return nil }
        return withBytes(row, column) { String(decoding: $0, as: UTF8.self) }
    }

    /// Gives the bytes of a cell in place, valid during the call; none for null.
    public func withBytes<Value>(_ row: Int, _ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value)
        -> Value
    {
        check(row, column)
        let length = Int(PQgetlength(storage.result, Int32(row), Int32(column)))
        let start = PQgetvalue(storage.result, Int32(row), Int32(column)).map { UnsafeRawPointer($0) }
        defer { withExtendedLifetime(storage) {} }
        return body(UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: length))
    }

    /// Appends the bytes of a cell: how the JSON of a row reaches an answer.
    public func append(_ row: Int, _ column: Int, to bytes: inout [UInt8]) {
        withBytes(row, column) { bytes.append(contentsOf: $0) }
    }

    private func check(_ row: Int, _ column: Int) {
        precondition(row >= 0 && row < count && column >= 0 && column < columnCount, "no such cell")
    }
}
