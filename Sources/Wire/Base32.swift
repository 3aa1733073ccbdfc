/// Base 32 of RFC 4648, section 6, without padding: what people type and authenticators read.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// The text of `bytes`, in capital letters.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count * 8 + 4) / 5)
        var kept: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            kept = kept << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(kept >> count & 31)])
            }
        }
        if count > 0 { text.append(alphabet[Int(kept << (5 - count) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
