public import Crypto

extension OneTimePassword {
    /// Codes of a secret as authenticators are told it (RFC 4648, 6, without padding); nil when it is none.
    public init?(base32 secret: String) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var bytes: [UInt8] = []
        var (value, bits) = (0, 0)
        for character in secret {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            (value, bits) = ((value << 5 | digit) & 0xfff, bits + 5)
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(value >> bits & 0xff))
        }
        self.init(secret: bytes)
    }
}
