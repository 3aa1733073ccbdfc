internal import Postgres
internal import Wire

/// An event with its place in the outbox.
struct OutboxEntry: Sendable {
    let event: Event
    /// The place: the transaction's number as text, and the position within.
    let xid: String
    let position: Int64
    let requestID: String

    /// What is read of `kernel.outbox` under the alias `o`, in the order that `init` expects.
    static let columns: SQL = """
        o.id, o.organization_id, o.event, o.at, o.record_id, o.record_version, to_jsonb(o.changed),
        o.owner_before, o.owner_after, o.actor_id, o.detail, o.xid::text, o.position, o.request_id
        """

    init?(_ rows: Rows, _ row: Int) {
        guard let id = rows.id(row, 0), let organization = rows.id(row, 1), let name = rows[row, 2],
            let at = rows.instant(row, 3), let record = rows.id(row, 4), let xid = rows[row, 11],
            let position = rows.integer(row, 12)
        else { return nil }
        event = Event(
            id: id, organization: organization, name: name, at: at, record: record,
            recordVersion: Int(rows.integer(row, 5) ?? 0),
            changed: (rows.json(row, 6)?.arrayValue ?? []).compactMap(\.stringValue),
            ownerBefore: rows.id(row, 7),
            ownerAfter: rows.id(row, 8), actor: rows.id(row, 9), detail: rows.json(row, 10) ?? .null)
        self.xid = xid
        self.position = position
        requestID = rows[row, 13] ?? ""
    }

    /// The platform in the event's organization, under the request that made the event.
    func context(_ system: Context) -> Context {
        Context(
            runtime: system.runtime, principal: system.principal, request: RequestInfo(id: requestID),
            now: system.now, transaction: system.transaction)
    }
}
