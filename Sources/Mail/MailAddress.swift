/// Whom a message is from or for.
public struct MailAddress: Sendable, Hashable {
    /// What a reader sees, in any language.
    public let name: String?
    /// `local@domain`.
    public let address: String

    /// Checks the address: a dot-atom (RFC 5322 section 3.2.3) of at most 64 bytes at a domain of ASCII
    /// labels, 254 bytes in all. Quoted local parts, address literals and SMTPUTF8 are refused, as are
    /// controls in the name.
    public init(_ address: String, name: String? = nil) throws(MailError) {
        let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard address.utf8.count <= 254, parts.count == 2, parts[0].count <= 64,
            MailAddress.isDotted(parts[0], by: MailAddress.isAtom),
            MailAddress.isDotted(parts[1], by: MailAddress.isLabel)
        else { throw .badAddress }
        guard name?.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) != false else { throw .badHeader }
        self.address = address
        self.name = name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What follows the at sign.
    var domain: Substring {
        address[(address.lastIndex(of: "@").map(address.index(after:)) ?? address.startIndex)...]
    }

    private static func isDotted(
        _ text: Substring.UTF8View, by isPart: (Substring.UTF8View) -> Bool
    ) -> Bool {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { isPart($0) }
    }

    private static func isAtom(_ text: Substring.UTF8View) -> Bool {
        !text.isEmpty && text.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }

    private static func isLabel(_ text: Substring.UTF8View) -> Bool {
        !text.isEmpty && text.count <= 63 && text.first != UInt8(ascii: "-") && text.last != UInt8(ascii: "-")
            && text.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }
}
