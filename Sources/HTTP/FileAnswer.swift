/// Decides what a GET or HEAD of a file is answered: all of it, a range, or that nothing has changed.
struct FileAnswer {
    let file: OpenFile
    let coding: ContentCoding
    let type: String
    let cacheControl: String

    /// Strong: it changes with the file's length, its time of change and its coding.
    private var tag: String {
        let coding = coding.name.map { "-\($0)" } ?? ""
        return "\"\(String(file.modified, radix: 36))-\(String(file.size, radix: 36))\(coding)\""
    }

    private var modifiedSeconds: Int64 { file.modified / 1_000_000_000 }

    /// Conditions come in the order of RFC 9110, 13.2.2.
    func response(to request: Request) -> Response {
        let headers = request.headers
        if !matches(headers) { return Response(status: 412, headers: [(name: "ETag", value: tag)]) }
        if isUnchanged(headers) { return Response(status: 304, headers: fields()) }
        guard request.method == .get, let wanted = headers["Range"], rangeHolds(headers) else { return whole }
        switch ByteRange(wanted, size: file.size) {
        case .ignored: return whole
        case .unsatisfiable:
            let range = (name: "Content-Range", value: "bytes */\(file.size)")
            return Response(status: 416, headers: fields() + [range])
        case .bytes(let range):
            let field = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
            return Response(
                status: 206, headers: contentFields() + [(name: "Content-Range", value: field)],
                body: .file(file, offset: range.lowerBound, length: range.upperBound - range.lowerBound))
        }
    }

    private var whole: Response {
        Response(status: 200, headers: contentFields(), body: .file(file, offset: 0, length: file.size))
    }

    private func fields() -> [(name: String, value: String)] {
        [
            (name: "ETag", value: tag),
            (name: "Last-Modified", value: HTTPDate.text(modifiedSeconds)),
            (name: "Cache-Control", value: cacheControl),
            (name: "Vary", value: "Accept-Encoding"),
        ]
    }

    private func contentFields() -> [(name: String, value: String)] {
        var all = fields()
        all.append((name: "Content-Type", value: type))
        all.append((name: "Accept-Ranges", value: "bytes"))
        all.append((name: "X-Content-Type-Options", value: "nosniff"))
        if let name = coding.name { all.append((name: "Content-Encoding", value: name)) }
        return all
    }

    private func matches(_ headers: Headers) -> Bool {
        let tags = headers.list("If-Match")
        if !tags.isEmpty { return tags.contains(tag) || tags == ["*"] }
        guard let limit = headers["If-Unmodified-Since"].flatMap(HTTPDate.seconds) else { return true }
        return modifiedSeconds <= limit
    }

    private func isUnchanged(_ headers: Headers) -> Bool {
        let tags = headers.list("If-None-Match")
        if !tags.isEmpty {
            return tags == ["*"]
                || tags.contains { ($0.hasPrefix("W/") ? String($0.dropFirst(2)) : $0) == tag }
        }
        guard let since = headers["If-Modified-Since"].flatMap(HTTPDate.seconds) else { return false }
        return modifiedSeconds <= since
    }

    private func rangeHolds(_ headers: Headers) -> Bool {
        guard let condition = headers["If-Range"] else { return true }
        return condition == tag || HTTPDate.seconds(condition) == modifiedSeconds
    }
}

/// What a Range field asks of a file (RFC 9110, 14). Several ranges at once are answered with the whole file.
enum ByteRange: Equatable {
    case bytes(Range<Int64>)
    case unsatisfiable
    case ignored

    init(_ text: String, size: Int64) {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bytes" else {
            self = .ignored
            return
        }
        let ends = parts[1].split(separator: "-", omittingEmptySubsequences: false).map {
            $0.trimmingBlanks()
        }
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.count <= 18 && $0.utf8.allSatisfy(ASCII.isDigit) })
        else {
            self = .ignored
            return
        }
        switch (Int64(ends[0]), Int64(ends[1])) {
        case (nil, nil): self = .ignored
        case (nil, let suffix?):
            self = suffix == 0 || size == 0 ? .unsatisfiable : .bytes(max(0, size - suffix)..<size)
        case (let first?, let last):
            if let last, last < first {
                self = .ignored
            } else {
                self = first >= size ? .unsatisfiable : .bytes(first..<min(size, (last ?? size - 1) + 1))
            }
        }
    }
}
