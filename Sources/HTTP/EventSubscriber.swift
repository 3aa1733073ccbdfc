/// Who listens at an event stream: told on the stream's loop when it is open and when it has ended.
///
/// A subscriber is all that an idle stream keeps beside its connection: no task, no buffer, no timer.
public protocol EventSubscriber: AnyObject, Sendable {
    /// The answer's head stands in front of what is sent from now on.
    func opened(_ stream: EventStream)
    /// The stream has ended, whoever ended it; called once for every stream that was opened.
    func closed()
    /// What is sent when nothing else was for a while, so that proxies and the client see that the stream
    /// lives.
    func heartbeat() -> EventChunk
}

/// Bytes of a `text/event-stream`, framed once for however many streams they are sent to.
public struct EventChunk: Sendable {
    /// As one chunk of HTTP/1.1.
    let bytes: [UInt8]
    /// How many bytes are sent.
    public var count: Int { bytes.count }

    /// Frames whole events; none where there are no bytes, as an empty chunk would end the stream.
    public init(_ events: [UInt8]) {
        guard !events.isEmpty else {
            bytes = []
            return
        }
        var framed: [UInt8] = []
        framed.reserveCapacity(events.count + 12)
        ResponseHead.append(hexadecimal: events.count, to: &framed)
        framed += [ASCII.carriageReturn, ASCII.lineFeed]
        framed += events
        framed += [ASCII.carriageReturn, ASCII.lineFeed]
        bytes = framed
    }
}

/// An open event stream, to be used on the loop of its connection alone, which checks that.
public struct EventStream: Sendable {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    /// Sends events at once. What the socket does not take waits for the client, up to 256 KB; one that is
    /// further behind is cut off, and resumes by Last-Event-ID.
    public func send(_ chunk: EventChunk) { connection.sendEvents(chunk) }

    /// Sends what was missed before, as fast as the client takes it; what is sent meanwhile waits behind it,
    /// up to 256 KB.
    public func fill(_ chunk: EventChunk) { connection.fillEvents(chunk) }

    /// Ends the stream, so that the client comes again. What still waits for the client is not sent: it may
    /// be no longer meant for it.
    public func end() { connection.cutEvents() }
}
