internal import CLinux
internal import Glibc

/// What a descriptor waits for, and what has happened to it: epoll's bits.
public struct IOEvents: OptionSet, Sendable {
    /// The bits, as epoll_event has them.
    public let rawValue: UInt32
    /// Takes epoll's bits as they are, known or not.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Input can be read.
    public static let read = IOEvents(rawValue: EPOLLIN.rawValue)
    /// Output can be written.
    public static let write = IOEvents(rawValue: EPOLLOUT.rawValue)
    /// The other side has closed, or closed its sending side.
    public static let hangUp = IOEvents(rawValue: EPOLLHUP.rawValue | EPOLLRDHUP.rawValue)
    /// The descriptor has failed.
    public static let failed = IOEvents(rawValue: EPOLLERR.rawValue)
    /// Tell each change once, not as long as it lasts.
    public static let edgeTriggered = IOEvents(rawValue: EPOLLET.rawValue)
}

/// Receives a descriptor's events on its loop's thread.
public protocol IOHandler: AnyObject {
    /// Called with all that has happened since the last call.
    func ready(_ events: IOEvents)
}

/// A watched descriptor. The generation tells a late event of a descriptor's former owner apart.
public struct Registration: Sendable, Equatable {
    let fd: Int32
    let slot: UInt32
    let generation: UInt32
    var token: UInt64 { UInt64(generation) << 32 | UInt64(slot) }
}

/// Handlers by slot, so that an event finds its handler without hashing.
struct RegistrationTable {
    private var handlers: [(any IOHandler)?] = []
    private var generations: [UInt32] = []
    private var free: [UInt32] = []

    mutating func add(fd: Int32, handler: any IOHandler) -> Registration {
        if let slot = free.popLast() {
            handlers[Int(slot)] = handler
            return Registration(fd: fd, slot: slot, generation: generations[Int(slot)])
        }
        handlers.append(handler)
        generations.append(1)
        return Registration(fd: fd, slot: UInt32(handlers.count - 1), generation: 1)
    }

    func contains(_ registration: Registration) -> Bool {
        generations[Int(registration.slot)] == registration.generation
    }

    mutating func remove(_ registration: Registration) -> Bool {
        guard contains(registration) else { return false }
        let slot = Int(registration.slot)
        handlers[slot] = nil
        generations[slot] = generations[slot] & 0x7fff_ffff &+ 1
        free.append(registration.slot)
        return true
    }

    func handler(for token: UInt64) -> (any IOHandler)? {
        let slot = Int(token & 0xffff_ffff)
        guard slot < handlers.count, generations[slot] == UInt32(token >> 32) else { return nil }
        return handlers[slot]
    }
}
