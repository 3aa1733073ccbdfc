internal import CLinux
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
    private var socket: Int32 = -1
    private var buffer: [UInt8] = []

    /// A client of a server on the loopback address.
    public init(port: Int, token: String? = nil) {
        self.port = port
        self.token = token
    }

    deinit { if socket >= 0 { close(socket) } }

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
        let isKept = socket >= 0
        if !isKept { try connect() }
        do {
            try write(bytes)
            return try read(method)
        } catch {
            let isUnanswered = buffer.isEmpty
            close(socket)
            socket = -1
            buffer = []
            guard isKept, isUnanswered, case APIClientError.closed = error else { throw error }
            return try exchange(bytes, method: method)
        }
    }

    private func connect() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(socket, $0, length) }
        }
        guard status == 0 else { throw APIClientError.connection(errno) }
        var timeout = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    private func write(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    socket, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            // The server may answer and close before it has read everything: its answer is then what counts.
            guard count > 0 else { return }
            sent += count
        }
    }

    private func fill() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count >= 0 else { throw APIClientError.connection(errno) }
        buffer.append(contentsOf: chunk[..<count])
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
        if response.header("connection") == "close" {
            close(socket)
            socket = -1
            buffer = []
        }
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
