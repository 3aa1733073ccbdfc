/// Binds as the C strings that libpq reads, in one buffer that is used again.
struct ParameterBuffer {
    private var storage: [UInt8] = []
    private var offsets: [Int] = []
    private var pointers: [UnsafePointer<CChar>?] = []

    /// Calls `body` with the number of values and the pointers to them, valid during the call.
    mutating func with<Value>(
        _ binds: [Bind], _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
        guard !binds.isEmpty else { return body(0, nil) }
        for bind in binds { append(bind) }
        defer { clear() }
        let offsets = offsets
        return storage.withUnsafeBytes { bytes in
            for offset in offsets {
                let start = offset < 0 ? nil : bytes.baseAddress.map { $0 + offset }
                pointers.append(start?.assumingMemoryBound(to: CChar.self))
            }
            return pointers.withUnsafeBufferPointer { body(Int32(binds.count), $0.baseAddress) }
        }
    }

    private mutating func append(_ bind: Bind) {
        guard bind != .null else { return offsets.append(-1) }
        offsets.append(storage.count)
        switch bind {
        case .null: break
        case .text(let text): storage.append(contentsOf: text.utf8)
        case .bytes(let bytes): storage.append(contentsOf: bytes)
        case .binary(let bytes): appendHexadecimal(bytes)
        }
        storage.append(0)
    }

    private mutating func appendHexadecimal(_ bytes: [UInt8]) {
        let digits: StaticString = "0123456789abcdef"
        storage.reserveCapacity(storage.count + 2 * bytes.count + 3)
        storage.append(UInt8(ascii: "\\"))
        storage.append(UInt8(ascii: "x"))
        for byte in bytes {
            storage.append(digits.utf8Start[Int(byte >> 4)])
            storage.append(digits.utf8Start[Int(byte & 15)])
        }
    }

    private mutating func clear() {
        let isLarge = storage.capacity > 65_536
        storage.removeAll(keepingCapacity: !isLarge)
        offsets.removeAll(keepingCapacity: true)
        pointers.removeAll(keepingCapacity: true)
    }
}
