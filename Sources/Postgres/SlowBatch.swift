/// Statements that took longer than the configuration's `slowAfter`, with the wait for a connection.
public struct SlowBatch: Sendable {
    /// Whose connections they ran on.
    public let queryClass: QueryClass
    /// From the request for a connection to the last row.
    public let microseconds: Int64
    /// The statements' texts: placeholders, never values.
    public let texts: [String]
    /// `app.request_id` of the transaction.
    public let request: String

    init(_ queryClass: QueryClass, _ settings: SessionSettings, _ microseconds: Int64, _ statements: [SQL]) {
        self.queryClass = queryClass
        self.microseconds = microseconds
        texts = statements.map(\.text)
        request = settings.values.first { $0.name == "app.request_id" }?.value ?? ""
    }
}
