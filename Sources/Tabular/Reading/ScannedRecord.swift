/// The fields of one record as bytes, one behind the other, and what was odd about them.
struct ScannedRecord {
    /// The fields' bytes without separators; only as many as the limits allow.
    private(set) var bytes: [UInt8] = []
    /// Where each kept field ends in `bytes`.
    private(set) var ends: [Int] = []
    /// How many fields the record has, also those that were not kept.
    private(set) var width = 0
    var quotedFields = 0
    var quoteLine: Int?
    var strayQuote: Int?
    var nulCharacter: Int?
    var controlCharacter: Int?
    private(set) var tooLongField: Int?
    private(set) var isTooLong = false
    private let limits: RecordLimits

    init(limits: RecordLimits) {
        self.limits = limits
    }

    /// Where the field being read starts in `bytes`.
    var fieldStart: Int { ends.last ?? 0 }

    mutating func reset() {
        if bytes.capacity > 1 << 20 { bytes = [] }
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        width = 0
        quotedFields = 0
        quoteLine = nil
        strayQuote = nil
        nulCharacter = nil
        controlCharacter = nil
        tooLongField = nil
        isTooLong = false
    }

    mutating func append(_ run: UnsafeBufferPointer<UInt8>) {
        guard width < limits.columns else { return }
        let room = min(limits.field - (bytes.count - fieldStart), limits.row - bytes.count)
        if run.count <= room {
            bytes.append(contentsOf: run)
        } else {
            if limits.row - bytes.count <= room {
                isTooLong = true
            } else {
                tooLongField = tooLongField ?? width
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: run[..<max(0, room)]))
        }
    }

    mutating func append(_ byte: UInt8) {
        withUnsafePointer(to: byte) { append(UnsafeBufferPointer(start: $0, count: 1)) }
    }

    mutating func endField() {
        if width < limits.columns { ends.append(bytes.count) }
        width += 1
    }

    /// Puts `spaces` spaces and `quote` before what the field holds: it was no quoted field after all.
    mutating func restore(spaces: Int, quote: UInt8) {
        let prefix = [UInt8](repeating: 0x20, count: spaces) + [quote]
        bytes.insert(contentsOf: prefix, at: fieldStart)
    }

    /// Takes the field's bytes so far away.
    mutating func clearField() {
        bytes.removeSubrange(fieldStart...)
    }

    /// Whether nothing but spaces and tabs stands on the line, unquoted.
    var isBlank: Bool {
        width <= 1 && quotedFields == 0 && bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}

extension ScannedRecord {
    /// The fields as text; what is no valid UTF-8 reads as U+FFFD.
    var fields: [String] {
        var begin = 0
        return ends.map { end in
            defer { begin = end }
            return String(decoding: bytes[begin..<end], as: UTF8.self)
        }
    }
}
