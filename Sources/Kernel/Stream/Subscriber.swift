internal import HTTP
internal import Loop
internal import Wire

/// One client of `GET /stream`.
///
/// A class, as it is who the connection reports to. `@unchecked Sendable`: after it was made it is touched
/// only on its hub's loop, which the hub and the stream check.
final class Subscriber: EventSubscriber, @unchecked Sendable {
    /// Milliseconds after which rights that were not looked at again are not relied on: they may have ended.
    private static let reliance: Int64 = 5000
    private static let backlogLimit = 1 << 20
    /// Seconds that one process may be ahead of another.
    private static let lead: Int64 = 10

    let hub: StreamHub
    /// Shown again each time that the caller is looked at.
    let request: Request
    let organization: UUIDv7
    let session: UUIDv7?
    /// Who is told what concerns a person: nobody where a program follows.
    let person: UUIDv7?
    let types: Set<Int>?
    private let ticket: StreamCensus.Ticket
    private var first: StreamRights?
    /// What the rights were made from; another object is a reason to make them again.
    weak var grant: Grant?
    /// Since when it is not known whether these are still the caller's rights, in milliseconds of the
    /// monotonic clock.
    var lookedAt: Int64
    var look = Look.none

    var audience: Audience?
    /// Its places in its audience and its hub.
    var slot = 0
    var hubSlot = 0
    private var stream: EventStream?
    /// Where the client says that it stands.
    private let lastEvent: LastEvent
    /// Up to where the client has heard already, while what comes may lie before.
    private var heard: StreamPosition?
    /// What comes while the missed is read.
    private var backlog: [EventChunk]?
    private var backlogSize = 0

    /// `Last-Event-ID`, as it was sent.
    enum LastEvent: Sendable { case none, unknown, place(StreamPosition) }

    init(_ opening: StreamOpening, rights: StreamRights, ticket: StreamCensus.Ticket, hub: StreamHub) {
        self.hub = hub
        self.ticket = ticket
        request = opening.request
        organization = rights.organization
        session = opening.principal.session
        person = session == nil ? nil : opening.principal.user
        types = opening.types
        first = rights
        grant = opening.principal.grant
        lastEvent = opening.lastEvent
        // Who calls was read behind this moment, and nobody has told the stream of what came since.
        lookedAt = request.receivedAt / 1000
    }

    // MARK: Looking

    /// How far a look at the caller is.
    enum Look {
        case none, due, underWay
        /// Under way, and to be done again, as there was news meanwhile.
        case again
    }

    /// Asks for a look; whether it has to be put into the line.
    func wantsLook() -> Bool {
        switch look {
        case .none:
            look = .due
            return true
        case .underWay: look = .again
        case .due, .again: break
        }
        return false
    }

    /// A look has ended; whether it has to be put into the line again.
    func endLook() -> Bool {
        defer { look = look == .again ? .due : .none }
        return look == .again
    }

    // MARK: EventSubscriber

    func opened(_ stream: EventStream) {
        guard let rights = first else { return }
        first = nil
        self.stream = stream
        hub.add(self, rights: rights)
        var greeting = hub.text.retry()
        switch lastEvent {
        case .none: greeting += hub.text.place(hub.position)
        case .unknown: greeting += hub.text.reset(at: hub.position)
        case .place(let place) where place < hub.position: catchUp(from: place)
        // Another process may be ahead of this one, but not by much: else it counted otherwise, as before a
        // restore.
        case .place(let place) where place.at < hub.position.at.adding(seconds: -Self.lead):
            greeting += hub.text.reset(at: hub.position)
        case .place(let place): heard = place
        }
        stream.fill(EventChunk(greeting))
    }

    func closed() {
        stream = nil
        backlog = nil
        hub.remove(self)
    }

    func heartbeat() -> EventChunk { hub.heartbeat() }

    // MARK: Hearing

    /// Whether some of these events lie before what the client has heard from another process.
    func hasHeard(anyOf events: [StreamBatch.Entry]) -> Bool {
        guard let heard, let first = events.first else { return false }
        if first.event.position > heard { self.heard = nil }
        return self.heard != nil
    }

    func deliver(only events: [StreamBatch.Entry], _ rights: StreamRights, _ text: StreamText, now: Int64) {
        var bytes: [UInt8] = []
        for entry in events where heard.map({ entry.event.position > $0 }) ?? true {
            guard let seen = rights.view(of: entry.event) else { continue }
            bytes += entry.bytes(seen, text)
        }
        deliver(EventChunk(bytes), now: now)
    }

    /// Sends, unless it has not been known for a while what the caller may hear: then the client comes again.
    func deliver(_ chunk: EventChunk, now: Int64) {
        guard now - lookedAt < Self.reliance else { return end() }
        guard backlog == nil else {
            backlogSize += chunk.count
            guard backlogSize <= Self.backlogLimit else { return end() }
            backlog?.append(chunk)
            return
        }
        stream?.send(chunk)
    }

    /// The caller's rights have changed, so that other records are in reach.
    func reset() { deliver(EventChunk(hub.text.reset(at: hub.position)), now: Monotonic.milliseconds()) }

    func end() { stream?.end() }

    // MARK: Resuming

    private func catchUp(from place: StreamPosition) {
        backlog = []
        let end = hub.position
        hub.loop.startNow { [self] in
            let missed = await hub.missed(from: place, to: end, in: organization)
            guard stream != nil, let rights = audience?.rights, let waiting = backlog else { return }
            guard let missed else { return self.end() }
            backlog = nil
            switch missed {
            case .tooMany: stream?.fill(EventChunk(hub.text.reset(at: end)))
            case .events(let events):
                var bytes: [UInt8] = []
                for event in events {
                    guard let seen = rights.view(of: event) else { continue }
                    bytes += hub.text.event(event, seen: seen, at: hub.text.seal.text(event.position))
                }
                stream?.fill(EventChunk(bytes))
            }
            for chunk in waiting { stream?.fill(chunk) }
        }
    }
}
