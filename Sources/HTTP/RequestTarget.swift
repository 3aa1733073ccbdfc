/// What a request's target names: origin-form, absolute-form with this host, or `*` (RFC 9112, 3.2).
struct RequestTarget {
    private static let segmentLimit = 128

    let path: Range<Int>
    let query: Range<Int>?
    let segments: [String]

    init(_ bytes: [UInt8], line: RequestLine, host: Range<Int>) throws(Refusal) {
        var range = line.target
        if bytes[range.lowerBound] != ASCII.slash {
            if line.method == .options, bytes[range].elementsEqual("*".utf8) {
                (path, query, segments) = (range, nil, ["*"])
                return
            }
            range = try Self.withoutAuthority(bytes, range, host: host)
        }
        guard !bytes[range].contains(UInt8(ascii: "#")) else { throw .invalidTarget }
        let mark = bytes[range].firstIndex(of: UInt8(ascii: "?"))
        path = range.lowerBound..<(mark ?? range.upperBound)
        query = mark.map { $0 + 1..<range.upperBound }
        segments = try Self.segments(bytes[path])
    }

    /// The path and query of `http://host/path`, whose host must be the one that Host names.
    private static func withoutAuthority(
        _ bytes: [UInt8], _ range: Range<Int>, host: Range<Int>
    ) throws(Refusal) -> Range<Int> {
        let target = bytes[range]
        let schemes: [StaticString] = ["http://", "https://"]
        for scheme in schemes where FieldList.equals(target.prefix(scheme.utf8CodeUnitCount), scheme) {
            let rest = target.dropFirst(scheme.utf8CodeUnitCount)
            let end = rest.firstIndex { !isHostByte($0) } ?? rest.endIndex
            guard end == rest.endIndex || bytes[end] == ASCII.slash || bytes[end] == UInt8(ascii: "?"),
                rest[..<end].elementsEqual(bytes[host], by: { ASCII.lowercased($0) == ASCII.lowercased($1) })
            else { throw .invalidTarget }
            return end..<range.upperBound
        }
        throw .invalidTarget
    }

    private static func segments(_ path: ArraySlice<UInt8>) throws(Refusal) -> [String] {
        guard path.count > 1 else { return [] }
        var segments: [String] = []
        segments.reserveCapacity(4)
        var start = path.startIndex + 1
        while true {
            let end = path[start...].firstIndex(of: ASCII.slash) ?? path.endIndex
            guard segments.count < segmentLimit, let segment = PercentDecoding.text(path[start..<end]) else {
                throw .invalidTarget
            }
            segments.append(segment)
            guard end < path.endIndex else { return segments }
            start = end + 1
        }
    }

    /// The characters of a registered name, an address and a port; no user information.
    static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }
}
