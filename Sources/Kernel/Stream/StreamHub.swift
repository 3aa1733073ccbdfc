internal import HTTP
internal import Loop
internal import Wire

/// The subscribers of one loop.
///
/// A class, as the follower, the connections and the loop's tick meet in it. `@unchecked Sendable`: after
/// `begin` it is touched only on its loop, which checks that.
final class StreamHub: @unchecked Sendable {
    /// Milliseconds after which a caller is looked at again, whatever was told: rights end within 5 s.
    private static let interval: Int64 = 3000
    /// Callers that are looked at side by side.
    private static let looks = 8
    /// Callers that are looked at in one turn of the loop, before others are let in.
    private static let turnLimit = 64

    let loop: EventLoop
    let text: StreamText
    /// Up to where this loop's subscribers have been told.
    private(set) var position: StreamPosition
    private let look: StreamLook
    private let replay: StreamReplay
    private var audiences: [UUIDv7: [StreamRights: Audience]] = [:]
    private var subscribers: [Subscriber] = []
    /// Whose callers are to be looked at, from `firstDue` on.
    private var due: [Subscriber] = []
    private var firstDue = 0
    private var looking = 0

    init(
        _ loop: EventLoop, text: StreamText, look: StreamLook, replay: StreamReplay,
        at position: StreamPosition
    ) {
        self.loop = loop
        self.text = text
        self.look = look
        self.replay = replay
        self.position = position
    }

    /// Called on the loop.
    func begin() {
        loop.everySecond { [weak self] in self?.tick() }
    }

    // MARK: Subscribers

    func add(_ subscriber: Subscriber, rights: StreamRights) {
        loop.checkIsolated()
        subscriber.hubSlot = subscribers.count
        subscribers.append(subscriber)
        audience(of: rights).add(subscriber)
    }

    func remove(_ subscriber: Subscriber) {
        loop.checkIsolated()
        guard let last = subscribers.popLast() else { return }
        if last !== subscriber {
            subscribers[subscriber.hubSlot] = last
            last.hubSlot = subscriber.hubSlot
        }
        leave(subscriber)
    }

    private func leave(_ subscriber: Subscriber) {
        guard let audience = subscriber.audience else { return }
        audience.remove(subscriber)
        guard audience.subscribers.isEmpty else { return }
        let organization = audience.rights.organization
        audiences[organization]?[audience.rights] = nil
        if audiences[organization]?.isEmpty == true { audiences[organization] = nil }
    }

    private func audience(of rights: StreamRights) -> Audience {
        if let known = audiences[rights.organization]?[rights] { return known }
        let audience = Audience(rights)
        audiences[rights.organization, default: [:]][rights] = audience
        return audience
    }

    // MARK: Events

    func deliver(_ batch: StreamBatch) {
        loop.checkIsolated()
        let now = Monotonic.milliseconds()
        for (organization, events) in batch.entries {
            guard let hearing = audiences[organization]?.values else { continue }
            for audience in Array(hearing) { audience.deliver(events, text, now: now) }
        }
        for (organization, notices) in batch.notices {
            let hearing = (audiences[organization] ?? [:]).values.flatMap(\.subscribers)
            for notice in notices {
                let chunk = EventChunk(text.notification(notice.id, unread: notice.unread))
                for subscriber in hearing where subscriber.person == notice.member {
                    subscriber.deliver(chunk, now: now)
                }
            }
        }
        position = batch.end
    }

    /// Tells those who look at a record, and may read it, who else looks.
    func tell(_ news: PresenceNews) {
        loop.checkIsolated()
        let now = Monotonic.milliseconds()
        let present = Set(news.people.map(\.id))
        for audience in Array((audiences[news.place.organization] ?? [:]).values)
        where audience.rights.reads(news.entity, ownedBy: news.owner) {
            for subscriber in audience.subscribers {
                guard let person = subscriber.person, present.contains(person) else { continue }
                subscriber.deliver(EventChunk(text.presence(news, to: person)), now: now)
            }
        }
    }

    func heartbeat() -> EventChunk { EventChunk(text.heartbeat(at: position)) }

    func missed(from place: StreamPosition, to end: StreamPosition, in organization: UUIDv7) async
        -> StreamReplay.Missed?
    {
        try? await replay.missed(from: place, to: end, in: organization)
    }

    // MARK: Rights

    private func tick() {
        let now = Monotonic.milliseconds()
        // One that is being looked at has its answer still to come.
        lookAgain(at: subscribers.filter { $0.look == .none && now - $0.lookedAt >= Self.interval })
    }

    /// Looks at the callers again whom a notice of `platform_grants` is about.
    func lookAgain(after notice: String) {
        if notice.hasPrefix("session:"), let session = UUIDv7(notice.dropFirst(8)) {
            lookAgain(at: subscribers.filter { $0.session == session })
        } else if let organization = UUIDv7(notice) {
            lookAgain(at: (audiences[organization] ?? [:]).values.flatMap(\.subscribers))
        } else {
            lookAtAll()
        }
    }

    /// Looks at all callers again, as notices may have been missed.
    func lookAtAll() { lookAgain(at: subscribers) }

    private func lookAgain(at concerned: [Subscriber]) {
        loop.checkIsolated()
        for subscriber in concerned where subscriber.wantsLook() { due.append(subscriber) }
        for _ in looking..<Self.looks where firstDue < due.count {
            looking += 1
            loop.startNow { [self] in
                await lookAtDue()
                looking -= 1
            }
        }
    }

    private func lookAtDue() async {
        var count = 0
        while let subscriber = nextDue() {
            await lookAgain(at: subscriber)
            if subscriber.endLook() { due.append(subscriber) }
            count += 1
            if count.isMultiple(of: Self.turnLimit) { await Task.yield() }
        }
    }

    /// Who has waited longest.
    private func nextDue() -> Subscriber? {
        guard firstDue < due.count else { return nil }
        let next = due[firstDue]
        firstDue += 1
        if firstDue * 2 >= due.count {
            due.removeFirst(firstDue)
            firstDue = 0
        }
        return next
    }

    private func lookAgain(at subscriber: Subscriber) async {
        guard subscriber.audience != nil else { return }
        subscriber.look = .underWay
        let asked = Monotonic.milliseconds()
        let finding = await look.finding(subscriber)
        guard let audience = subscriber.audience else { return }
        switch finding {
        case .unknown: return
        case .over: return subscriber.end()
        case .same: break
        case .rights(let rights, let grant):
            subscriber.grant = grant
            if rights != audience.rights {
                leave(subscriber)
                self.audience(of: rights).add(subscriber)
                subscriber.lookedAt = asked
                subscriber.reset()
            }
        }
        subscriber.lookedAt = asked
    }
}
