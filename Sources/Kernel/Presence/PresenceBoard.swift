internal import Loop
internal import Postgres
internal import Synchronization
internal import Wire

/// What a process knows of who looks at what: it announces what its own requests change, and tells its
/// streams what all processes announce.
///
/// One task reads, a place at a time, so that what is told is never older than what was told before. A class,
/// as it is one for the process.
final class PresenceBoard: Sendable {
    /// Its notices' payload is a place.
    static let channel = "platform_presence"
    /// At most one NOTIFY in so many milliseconds.
    private static let distance: Int64 = 20

    /// Who was told of last, and until when that holds unless it is said again.
    private struct Watch {
        var people: Set<Presence.Person>
        var until: Instant
    }

    private struct State {
        /// To be announced.
        var announced: Set<Presence.Place> = []
        var isAnnouncing = false
        /// To be read.
        var due: Set<Presence.Place> = []
        var isReading = false
        var watches: [Presence.Place: Watch] = [:]
    }

    private let database: Database
    private let loop: EventLoop
    private let entities: StreamEntities
    private let state = Mutex(State())

    init(database: Database, loop: EventLoop, entities: StreamEntities) {
        self.database = database
        self.loop = loop
        self.entities = entities
    }

    // MARK: Announcing

    /// Somebody has come to a place or left it, committed already.
    func announce(_ place: Presence.Place) {
        let isFirst = state.withLock { state in
            state.announced.insert(place)
            defer { state.isAnnouncing = true }
            return !state.isAnnouncing
        }
        guard isFirst else { return }
        loop.execute { [self] in loop.schedule(after: Self.distance) { [self] in send() } }
    }

    private func send() {
        let places = state.withLock { state in
            defer {
                state.announced = []
                state.isAnnouncing = false
            }
            return state.announced.map(\.text)
        }
        loop.start { [database] in
            _ = try? await database.write(
                SessionSettings(),
                [
                    """
                    select pg_catalog.pg_notify(\(Self.channel), u.place)
                    from unnest(\(places)::text[]) as u (place)
                    """
                ])
        }
    }

    // MARK: Reading

    /// A notice has come of a place in an organization that somebody hears.
    func hear(_ place: Presence.Place, by streams: Streams) {
        state.withLock { _ = $0.due.insert(place) }
        readDue(for: streams)
    }

    /// Each second: what nobody has said again is over.
    func tick(now: Instant, for streams: Streams) {
        state.withLock { state in
            for (place, watch) in state.watches where watch.until <= now { state.due.insert(place) }
        }
        readDue(for: streams)
    }

    private func readDue(for streams: Streams) {
        let mustBegin = state.withLock { state in
            guard !state.isReading, !state.due.isEmpty else { return false }
            state.isReading = true
            return true
        }
        guard mustBegin else { return }
        loop.start { [self, weak streams] in
            while let place = nextDue() {
                if let streams { await read(place, now: streams.clock.now(), for: streams) }
            }
        }
    }

    private func nextDue() -> Presence.Place? {
        state.withLock { state in
            guard let next = state.due.popFirst() else {
                state.isReading = false
                return nil
            }
            return next
        }
    }

    private func read(_ place: Presence.Place, now: Instant, for streams: Streams) async {
        let settings = SessionSettings(
            [(name: "app.organization_id", value: place.organization.description)], isReadOnly: true)
        let more: SQL = ", p.entity, r.owner_id, r.deleted_at is not null"
        let joined: SQL = """
            left join kernel.records r on r.organization_id = p.organization_id and r.id = p.record_id
            """
        // What can't be read now is read when it would have ended.
        guard
            let rows = try? await database.read(
                settings, [Presence.people(at: place, now: now, more, joined)])[0]
        else { return }
        let there = (0..<rows.count).compactMap { Presence.person(rows, $0) }
        // Who left and came again is another one: they are told anew.
        let people = Set(there.map(\.person))
        let until = there.map(\.seenAt).min()?.adding(seconds: Presence.lifetime)
        let hasChanged = state.withLock { state in
            let before = state.watches[place]?.people
            // Where one is alone, nothing ends that anybody would be told of.
            state.watches[place] = until.flatMap {
                people.count > 1 ? Watch(people: people, until: max($0, now.adding(seconds: 1))) : nil
            }
            // Who was alone and still is has heard nothing else.
            return before.map { $0 != people } ?? (people.count > 1)
        }
        guard hasChanged, rows.count > 0, rows.bool(0, 6) != true,
            let entity = rows[0, 4].flatMap({ entities.place(of: $0[...]) })
        else { return }
        streams.tell(
            PresenceNews(
                place: place, entity: entity, owner: rows.id(0, 5), people: there.map(\.person)))
    }
}

/// Who looks at a record, for the streams of those who do.
struct PresenceNews: Sendable {
    let place: Presence.Place
    /// The entity's place in `StreamEntities`.
    let entity: Int
    let owner: UUIDv7?
    let people: [Presence.Person]
}
