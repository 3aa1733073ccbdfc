internal import Glibc
public import Wire

/// A client of `GET /stream`, blocking: reads events as a browser does.
///
/// A class because it owns a socket; one is used by one test at a time.
public final class EventReader {
    /// What came: an event, or a mere `id`.
    public struct Event: Sendable {
        public var name = ""
        public var data: JSON = .null
        var isBegun = false
        /// The record that it is about.
        public var record: String? { data["id"]?.stringValue }
    }

    /// The status and the headers of the answer, names in lower case.
    public let status: Int
    public let headers: [String: String]
    /// As a browser would send it when it comes again.
    public private(set) var lastEventID: String?
    private let socket: LoopbackSocket
    private var buffer: [UInt8] = []
    private var isOver = false

    /// Opens a stream and reads the answer's head.
    public init(
        _ platform: TestPlatform, token: String?, query: String = "", after lastEventID: String? = nil
    ) throws {
        let socket = try LoopbackSocket(port: platform.port, patience: 30_000)
        self.socket = socket
        var head = "GET /api/v1/stream\(query) HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        if let lastEventID { head += "Last-Event-ID: \(lastEventID)\r\n" }
        guard socket.send(Array("\(head)\r\n".utf8)) else { throw APIClientError.closed }
        self.lastEventID = lastEventID
        var fields: [String: String] = [:]
        guard let first = Self.line(socket, &buffer, &isOver) else { throw APIClientError.closed }
        status = Int(first.split(separator: " ").dropFirst().first ?? "") ?? 0
        while let line = Self.line(socket, &buffer, &isOver), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { fields[parts[0].lowercased()] = String(parts[1].drop { $0 == " " }) }
        }
        headers = fields
    }

    /// The next event; nil at the end of the stream, or when none came within the milliseconds.
    public func next(within milliseconds: Int = 20_000) -> Event? {
        socket.setPatience(milliseconds: milliseconds)
        while let event = part() {
            if !event.name.isEmpty { return event }
        }
        return nil
    }

    /// Events until the one about this record; nil when the stream ends or falls silent before.
    public func events(until record: String) -> [Event]? {
        var events: [Event] = []
        while let event = next() {
            events.append(event)
            if event.record == record { return events }
        }
        return nil
    }

    /// Reads until a mere `id` comes: the stream is open and its place known.
    @discardableResult
    public func awaitPlace() -> Bool {
        socket.setPatience(milliseconds: 20_000)
        let before = lastEventID
        while lastEventID == before { guard part() != nil else { return false } }
        return true
    }

    /// Whether the stream ends within the milliseconds, whatever comes before.
    public func ends(within milliseconds: Int = 20_000) -> Bool {
        let deadline = Deadline(milliseconds: Int64(milliseconds))
        socket.setPatience(milliseconds: milliseconds)
        while !deadline.isPast, !isOver { _ = part() }
        // What came in time may stand unread: this thread itself may have had to wait.
        socket.setPatience(milliseconds: 1)
        while !isOver, part() != nil {}
        return isOver
    }

    /// What stands up to the next empty line, without the chunks' frames.
    private func part() -> Event? {
        var event = Event()
        while let line = Self.line(socket, &buffer, &isOver) {
            if line == "0" {
                isOver = true
                return nil
            }
            guard let colon = line.firstIndex(of: ":") else {
                // An empty line behind a field ends the part; others and sizes are the chunks'.
                if line.isEmpty, event.isBegun { return event }
                continue
            }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            event.isBegun = true
            switch line[..<colon] {
            case "id": lastEventID = value
            case "event": event.name = value
            case "data": event.data = (try? JSON.parse(Array(value.utf8))) ?? .null
            default: break
            }
        }
        return nil
    }

    /// A line without its end; nil when none comes in time. `isOver` tells that none ever will.
    private static func line(_ socket: LoopbackSocket, _ buffer: inout [UInt8], _ isOver: inout Bool)
        -> String?
    {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let text = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return text.hasSuffix("\r") ? String(text.dropLast()) : text
            }
            let count = socket.receive(into: &buffer)
            guard count > 0 else {
                isOver = count == 0 || errno != EAGAIN
                return nil
            }
        }
    }
}
