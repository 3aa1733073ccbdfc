internal import Postgres
internal import Wire

/// Reads committed events for the streams of this process, in the order of transactions, never past one that
/// is still open. Each process follows for itself, from where the outbox ended when it started: nothing is
/// kept of its place.
struct OutboxFollower: Sendable {
    private static let portion = 1000

    let database: Database
    let census: StreamCensus
    let text: StreamText

    struct Pass: Sendable {
        let batch: StreamBatch
        /// Whether more can be read at once.
        let isFull: Bool
        /// Whether there are events behind a transaction that is still open.
        let isAhead: Bool
    }

    /// Where the outbox ends now.
    func end() async throws(SQLError) -> StreamPosition {
        try await pass(after: StreamPosition(xid: UInt64(Int64.max), position: 0, at: .now()), most: 0).batch
            .end
    }

    /// One portion, or only where the outbox ends.
    func pass(after place: StreamPosition, isSkipping: Bool) async throws(SQLError) -> Pass {
        try await pass(after: place, most: isSkipping ? 0 : Self.portion)
    }

    private func pass(after place: StreamPosition, most: Int) async throws(SQLError) -> Pass {
        let rows = try await database.read(
            SessionSettings(isReadOnly: true),
            [
                """
                select o.edge::text, o.told_at, o.is_ahead, \(sql: StreamEvent.columns)
                from platform.follow_outbox(
                    \(String(place.xid))::xid8, \(place.position)::bigint, \(most)::integer) as o
                order by o.xid, o.position
                """
            ])[0]
        guard let edge = rows[0, 0].flatMap({ UInt64($0) }), let told = rows.instant(0, 1) else {
            throw SQLError(.connectionFailure, outcome: .rolledBack)
        }
        let isFull = most > 0 && rows.count == most
        var last = StreamPosition(xid: edge, position: 0, at: told)
        if isFull, let xid = rows[most - 1, 11].flatMap({ UInt64($0) }),
            let position = rows.integer(most - 1, 12), let at = rows.instant(most - 1, 10)
        {
            last = StreamPosition(xid: xid, position: position, at: at)
        }
        var batch = batch(rows, upTo: last)
        batch.notices = try await notices(rows)
        return Pass(batch: batch, isFull: isFull, isAhead: most > 0 && rows.bool(0, 2) == true)
    }

    /// What members who hear are told of their notifications, with how many are unread by now.
    private func notices(_ rows: Rows) async throws(SQLError) -> [UUIDv7: [StreamBatch.Notification]] {
        var told: [UUIDv7: [(member: UUIDv7, id: UUIDv7?)]] = [:]
        for row in 0..<rows.count where rows[row, 4]?.hasPrefix("\(NoticeWriter.name).") == true {
            guard let organization = rows.id(row, 3), let member = rows.id(row, 8) else { continue }
            let isNew = rows[row, 4] == "\(NoticeWriter.name).created"
            told[organization, default: []].append((member: member, id: isNew ? rows.id(row, 5) : nil))
        }
        let hearing = census.hearing(among: told.values.flatMap { $0.map(\.member) })
        guard !hearing.isEmpty else { return [:] }
        var notices: [UUIDv7: [StreamBatch.Notification]] = [:]
        for (organization, all) in told {
            let heard = all.filter { hearing.contains($0.member) }
            guard !heard.isEmpty else { continue }
            let unread = try await unread(of: Set(heard.map(\.member)), in: organization)
            notices[organization] = heard.map { notice in
                StreamBatch.Notification(
                    member: notice.member, id: notice.id, unread: unread[notice.member] ?? 0)
            }
        }
        return notices
    }

    private func unread(
        of members: Set<UUIDv7>, in organization: UUIDv7
    ) async throws(SQLError) -> [UUIDv7: Int64] {
        let settings = SessionSettings(
            [(name: "app.organization_id", value: organization.description)], isReadOnly: true)
        let rows = try await database.read(
            settings,
            [
                """
                select n.member_id, count(*)
                from kernel.notifications n
                where n.organization_id = \(organization)::uuid
                and n.member_id = any(\(Array(members))::uuid[]) and n.read_at is null
                group by n.member_id
                """
            ])[0]
        var unread: [UUIDv7: Int64] = [:]
        for row in 0..<rows.count {
            if let member = rows.id(row, 0) { unread[member] = rows.integer(row, 1) ?? 0 }
        }
        return unread
    }

    /// The events of organizations that somebody hears.
    private func batch(_ rows: Rows, upTo end: StreamPosition) -> StreamBatch {
        let organizations = (0..<rows.count).map { rows.id($0, 3) }
        let heard = census.heard(among: organizations.compactMap(\.self))
        var batch = StreamBatch(end: end)
        for (row, organization) in organizations.enumerated() {
            guard let organization, heard.contains(organization),
                let event = StreamEvent(rows, row, from: 3, of: text.entities)
            else { continue }
            batch.entries[organization, default: []].append(StreamBatch.Entry(event, text))
        }
        return batch
    }
}
