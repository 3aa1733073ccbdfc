internal import HTTP
internal import Wire

/// Subscribers of one loop with the same rights: what they hear is decided and written once.
///
/// A class, as its subscribers know it; touched only on its hub's loop.
final class Audience {
    let rights: StreamRights
    private(set) var subscribers: [Subscriber] = []

    init(_ rights: StreamRights) { self.rights = rights }

    func add(_ subscriber: Subscriber) {
        subscriber.audience = self
        subscriber.slot = subscribers.count
        subscribers.append(subscriber)
    }

    func remove(_ subscriber: Subscriber) {
        guard subscriber.audience === self, let last = subscribers.popLast() else { return }
        if last !== subscriber {
            subscribers[subscriber.slot] = last
            last.slot = subscriber.slot
        }
        subscriber.audience = nil
    }

    /// Tells an organization's events, in their order.
    func deliver(_ events: [StreamBatch.Entry], _ text: StreamText, now: Int64) {
        var bytes: [UInt8] = []
        for entry in events {
            guard let seen = rights.view(of: entry.event) else { continue }
            bytes += entry.bytes(seen, text)
        }
        let chunk = EventChunk(bytes)
        let isNothing = bytes.isEmpty
        // A copy, as a subscriber that is cut off leaves the list.
        for subscriber in subscribers {
            if subscriber.hasHeard(anyOf: events) {
                subscriber.deliver(only: events, rights, text, now: now)
            } else if !isNothing {
                subscriber.deliver(chunk, now: now)
            }
        }
    }
}

/// What the follower has read at once, for every loop.
struct StreamBatch: Sendable {
    /// An event with its text, made once.
    struct Entry: Sendable {
        let event: StreamEvent
        let place: String?
        let plain: [UInt8]

        init(_ event: StreamEvent, _ text: StreamText) {
            self.event = event
            place = text.seal.text(event.position)
            plain = text.event(event, seen: event.kind, at: place)
        }

        func bytes(_ seen: StreamEvent.Kind, _ text: StreamText) -> [UInt8] {
            seen == event.kind ? plain : text.event(event, seen: seen, at: place)
        }
    }

    /// What a member is to be told of their notifications; without an id where some were read.
    struct Notification: Sendable {
        let member: UUIDv7
        let id: UUIDv7?
        let unread: Int64
    }

    /// Of organizations that somebody hears.
    var entries: [UUIDv7: [Entry]] = [:]
    /// By organization, of members who hear.
    var notices: [UUIDv7: [Notification]] = [:]
    /// Up to where everything has been read.
    let end: StreamPosition
}
