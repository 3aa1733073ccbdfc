internal import Glibc
public import Wire

/// Speaks HTTP/1.1 to a server under test over one kept connection, blocking: what curl would send, byte by
/// byte.
///
/// A class because it owns a socket; one client is used by one test at a time.
public final class APIClient {
    /// Sent with every request; nil sends none.
    public var token: String?
    /// Sent with every request.
    public var language = "en"
    private let port: Int
    private var socket: LoopbackSocket?
    private var buffer: [UInt8] = []

    /// A client of a server on the loopback address.
    public init(port: Int, token: String? = nil) {
        self.port = port
        self.token = token
    }

    /// Sends a request with a JSON body and gives the answer.
    @discardableResult
    public func send(
        _ method: String, _ path: String, _ body: JSON? = nil, headers: [String: String] = [:]
    ) throws -> APIResponse {
        var headers = headers
        if body != nil, headers["Content-Type"] == nil { headers["Content-Type"] = "application/json" }
        return try send(method, path, bytes: body?.encoded(), headers: headers)
    }

    /// Sends a request with any body.
    @discardableResult
    public func send(
        _ method: String, _ path: String, bytes: [UInt8]?, headers: [String: String] = [:]
    ) throws -> APIResponse {
        let target = path.hasPrefix("/") ? path : "/api/v1/\(path)"
        var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        if let token, headers["Authorization"] == nil { head += "Authorization: Bearer \(token)\r\n" }
        if headers["Accept-Language"] == nil { head += "Accept-Language: \(language)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let bytes { head += "Content-Length: \(bytes.count)\r\n" }
        head += "\r\n"
        return try exchange(Array(head.utf8) + (bytes ?? []), method: method)
    }

    /// Sends a file as `multipart/form-data` with text fields beside it.
    public func upload(
        _ path: String, fields: [String: String], file: [UInt8], named name: String
    ) throws -> APIResponse {
        let boundary = "boundary-\(UUIDv7.make())"
        var body: [UInt8] = []
        for (field, value) in fields {
            body += Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"\r\n\r\n\(value)\r\n".utf8)
        }
        let disposition = "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\""
        body += Array("--\(boundary)\r\n\(disposition)\r\nContent-Type: text/csv\r\n\r\n".utf8)
        body += file
        body += Array("\r\n--\(boundary)--\r\n".utf8)
        return try send(
            "POST", path, bytes: body, headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"])
    }

    /// Sends bytes as they are and reads one answer; a kept connection that the server has ended meanwhile,
    /// as it does with idle ones, is opened anew.
    public func exchange(_ bytes: [UInt8], method: String = "GET") throws -> APIResponse {
        let isKept = socket != nil
        let socket = try self.socket ?? LoopbackSocket(port: port)
        self.socket = socket
        do {
            // The server may answer and close before it has read everything: its answer is then what counts.
            socket.send(bytes)
            return try read(method)
        } catch {
            let isUnanswered = buffer.isEmpty
            disconnect()
            guard isKept, isUnanswered, case APIClientError.closed = error else { throw error }
            return try exchange(bytes, method: method)
        }
    }

    private func disconnect() {
        socket = nil
        buffer = []
    }

    private func fill() throws -> Bool {
        guard let count = socket?.receive(into: &buffer), count >= 0 else {
            throw APIClientError.connection(errno)
        }
        return count > 0
    }

    private func line() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let text = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeFirst(end + 1)
                return text.hasSuffix("\r") ? String(text.dropLast()) : text
            }
            guard try fill() else { throw APIClientError.closed }
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { guard try fill() else { throw APIClientError.closed } }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    private func read(_ method: String) throws -> APIResponse {
        let status = Int(try line().split(separator: " ").dropFirst().first ?? "") ?? 0
        var headers: [(name: String, value: String)] = []
        while true {
            let text = try line()
            if text.isEmpty { break }
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            headers.append((name: parts[0].lowercased(), value: String(parts[1].drop { $0 == " " })))
        }
        if status == 100 { return try read(method) }
        var response = APIResponse(status: status, headers: headers, bytes: [])
        let hasNoBody = method == "HEAD" || status == 204 || status == 304
        let isEndless = response.header("content-type") == "text/event-stream"
        if !hasNoBody, !isEndless { response.bytes = try body(response) }
        if response.header("connection") == "close" { disconnect() }
        return response
    }

    private func body(_ response: APIResponse) throws -> [UInt8] {
        if let length = response.header("content-length").flatMap({ Int($0) }) { return try take(length) }
        guard response.header("transfer-encoding") == "chunked" else { return [] }
        var body: [UInt8] = []
        while true {
            let size = Int(try line().prefix { $0 != ";" }, radix: 16) ?? 0
            if size == 0 {
                while !(try line().isEmpty) {}
                return body
            }
            body += try take(size)
            _ = try line()
        }
    }
}

/// Why a client got no answer.
public enum APIClientError: Error, Sendable {
    case connection(Int32)
    case closed
}

/// An answer as it came.
public struct APIResponse: Sendable {
    public let status: Int
    /// Names in lower case.
    public let headers: [(name: String, value: String)]
    public internal(set) var bytes: [UInt8]

    /// The first value of a header.
    public func header(_ name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

    /// The body as JSON; null where it is none.
    public var json: JSON { (try? JSON.parse(bytes, limits: JSONLimits(depth: 100))) ?? .null }

    /// The body as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// A problem's code.
    public var code: String? { json["code"]?.stringValue }

    /// The faulty fields of a problem with their codes, `field:code`.
    public var faults: [String] {
        (json["errors"]?.arrayValue ?? []).map { error in
            "\(error["field"]?.stringValue ?? ""):\(error["code"]?.stringValue ?? "")"
        }
    }
}
