internal import CZlib

/// The form that `Content-Encoding: gzip` names (RFC 1952), by zlib.
public enum Gzip {
    /// The bytes compressed; nil without the memory for it, and for 4 GB or more.
    public static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        guard let length = UInt32(exactly: bytes.count),
            let room = UInt32(exactly: zlib_gzip_room(UInt(bytes.count)))
        else { return nil }
        let compressed = [UInt8](unsafeUninitializedCapacity: Int(room)) { output, count in
            count = bytes.withUnsafeBufferPointer { input in
                Int(zlib_gzip(input.baseAddress, length, output.baseAddress, room))
            }
        }
        return compressed.isEmpty ? nil : compressed
    }
}
