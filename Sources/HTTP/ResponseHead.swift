/// Writes the head of an answer.
enum ResponseHead {
    /// How the body's end is told.
    enum Framing { case none, length(Int64), chunked }

    /// Appends the head; false, with nothing appended, when the answer can't be sent as it is.
    static func append(
        _ response: Response, framing: Framing, isClosing: Bool, date: [UInt8], to output: inout [UInt8]
    ) -> Bool {
        guard (200...599).contains(response.status) else { return false }
        let start = output.count
        output.append(contentsOf: statusLine(response.status))
        for (name, value) in response.headers where !isOurs(name) {
            guard appendField(name, value, to: &output) else {
                output.removeLast(output.count - start)
                return false
            }
        }
        output.append(contentsOf: date)
        switch framing {
        case .none: break
        case .length(let length):
            append("Content-Length: ", to: &output)
            appendDecimal(length, to: &output)
            append("\r\n", to: &output)
        case .chunked: append("Transfer-Encoding: chunked\r\n", to: &output)
        }
        append(isClosing ? "Connection: close\r\n\r\n" : "\r\n", to: &output)
        return true
    }

    static func append(_ text: StaticString, to output: inout [UInt8]) {
        output.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    static func appendDecimal(_ number: Int64, to output: inout [UInt8]) {
        append(number.description, to: &output)
    }

    private static func append(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { output.append(contentsOf: $0) }
    }

    private static func appendField(_ name: String, _ value: String, to output: inout [UInt8]) -> Bool {
        var (name, value) = (name, value)
        let isName = name.withUTF8 { bytes in
            output.append(contentsOf: bytes)
            return !bytes.isEmpty && bytes.allSatisfy(ASCII.isToken)
        }
        append(": ", to: &output)
        let isValue = value.withUTF8 { bytes in
            output.append(contentsOf: bytes)
            return bytes.allSatisfy(ASCII.isFieldContent)
        }
        append("\r\n", to: &output)
        return isName && isValue
    }

    /// Fields that the server writes itself.
    private static func isOurs(_ name: String) -> Bool {
        switch name.utf8.count {
        case 4: HeaderName.equals(name, "date")
        case 10: HeaderName.equals(name, "connection")
        case 14: HeaderName.equals(name, "content-length")
        case 17: HeaderName.equals(name, "transfer-encoding")
        default: false
        }
    }

    private static let statusLines: [[UInt8]] = (0...599).map { status in
        Array("HTTP/1.1 \(status) \(reasons[status] ?? "Unknown")\r\n".utf8)
    }

    private static func statusLine(_ status: Int) -> [UInt8] { statusLines[status] }

    private static let reasons: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content",
        301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect",
        308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 402: "Payment Required",
        403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 406: "Not Acceptable",
        408: "Request Timeout", 409: "Conflict", 410: "Gone", 412: "Precondition Failed",
        413: "Content Too Large", 415: "Unsupported Media Type", 416: "Range Not Satisfiable",
        417: "Expectation Failed", 422: "Unprocessable Content", 428: "Precondition Required",
        429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
        501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
        505: "HTTP Version Not Supported",
    ]
}

extension ResponseHead {
    /// Digits in lower case, without zeros before them.
    static func append(hexadecimal number: Int, to output: inout [UInt8]) {
        output.append(contentsOf: String(number, radix: 16).utf8)
    }
}
