internal import Wire

/// Writes `text/event-stream` as the HTML standard has it (9.2.6).
struct StreamText: Sendable {
    let entities: StreamEntities
    let seal: StreamPositionSeal

    /// One change. `seen` is what it is to the hearer.
    func event(_ event: StreamEvent, seen: StreamEvent.Kind, at position: String?) -> [UInt8] {
        let by = event.actor.map { "\"\($0)\"" } ?? "null"
        let version = event.version.map { "\($0)" } ?? "null"
        let name = entities.all[event.entity].name
        let data = "{\"type\":\"\(name)\",\"id\":\"\(event.record)\",\"version\":\(version),\"by\":\(by)}"
        return Array("\(id(position))event: record.\(seen.rawValue)\ndata: \(data)\n\n".utf8)
    }

    /// A notification has come, or some were read. It moves no place: what was missed is asked for.
    func notification(_ id: UUIDv7?, unread: Int64) -> [UInt8] {
        let id = id.map { "\"\($0)\"" } ?? "null"
        return Array("event: notification\ndata: {\"id\":\(id),\"unread\":\(unread)}\n\n".utf8)
    }

    /// Who looks at a record beside the hearer.
    func presence(_ news: PresenceNews, to person: UUIDv7) -> [UInt8] {
        let data: JSON = [
            "type": .string(entities.all[news.entity].name), "id": .string(news.place.record.description),
            "people": .array(news.people.filter { $0.id != person }.map(\.json)),
        ]
        return Array("event: presence\ndata: \(data.text)\n\n".utf8)
    }

    /// What was missed can't be told: the client must read anew.
    func reset(at position: StreamPosition) -> [UInt8] {
        Array("\(id(seal.text(position)))event: reset\ndata: {}\n\n".utf8)
    }

    /// Moves the client's `Last-Event-ID` forward while nothing happens; no event is seen.
    func place(_ position: StreamPosition) -> [UInt8] { Array("\(id(seal.text(position)))\n".utf8) }

    /// A comment, and where the stream stands.
    func heartbeat(at position: StreamPosition) -> [UInt8] { Array(": alive\n".utf8) + place(position) }

    /// When to come again. Not all at once: after a restart everybody would.
    func retry() -> [UInt8] { Array("retry: \(2000 + UUIDv7.make().low % 3000)\n\n".utf8) }

    private func id(_ position: String?) -> String { position.map { "id: \($0)\n" } ?? "" }
}
