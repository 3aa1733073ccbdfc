internal import Postgres
internal import Wire

/// Who looks at which record right now, as members say of themselves.
enum Presence {
    /// Seconds for which it holds.
    static let lifetime: Int64 = 45
    /// Seconds within which a repeat writes nothing.
    static let quiet: Int64 = 15

    /// A record in its organization.
    struct Place: Hashable, Sendable {
        let organization: UUIDv7
        let record: UUIDv7

        /// As a notice has it.
        var text: String { "\(organization):\(record)" }

        init(organization: UUIDv7, record: UUIDv7) {
            self.organization = organization
            self.record = record
        }

        init?(_ text: String) {
            let parts = text.split(separator: ":")
            guard parts.count == 2, let organization = UUIDv7(parts[0]), let record = UUIDv7(parts[1]) else {
                return nil
            }
            self.init(organization: organization, record: record)
        }
    }

    /// Somebody who looks at a record.
    struct Person: Hashable, Sendable {
        let id: UUIDv7
        let name: String
        let since: Instant

        var json: JSON {
            [
                "id": .string(id.description), "name": .string(name), "since": .string(since.description),
            ]
        }
    }

    /// Who looks at a place at a moment, those first who came first: id, name, since, seen_at.
    static func people(at place: Place, now: Instant, _ more: SQL = "", _ joined: SQL = "") -> SQL {
        """
        select p.member_id, m.name, p.since, p.seen_at\(sql: more)
        from kernel.presences p
        join kernel.memberships m on m.organization_id = p.organization_id and m.id = p.member_id
        and m.status = 'active'
        \(sql: joined)
        where p.organization_id = \(place.organization)::uuid and p.record_id = \(place.record)::uuid
        and p.seen_at > \(now.adding(seconds: -lifetime))::timestamptz
        order by p.since, p.member_id
        limit 100
        """
    }

    /// Reads a row of `people`.
    static func person(_ rows: Rows, _ row: Int) -> (person: Person, seenAt: Instant)? {
        guard let id = rows.id(row, 0), let since = rows.instant(row, 2), let seen = rows.instant(row, 3)
        else { return nil }
        return (person: Person(id: id, name: rows[row, 1] ?? "", since: since), seenAt: seen)
    }
}
