/// Writes the lines of a message.
struct MailWriter {
    private(set) var bytes: [UInt8] = []

    mutating func line(_ text: String) {
        bytes += text.utf8
        bytes += "\r\n".utf8
    }

    /// A header whose value is free of controls: folded as it is, or as encoded words when it isn't ASCII.
    mutating func header(_ name: String, _ value: String) {
        let isEncoded = MailHeader.needsEncoding(value)
        // With a long name the first encoded word begins on a line of its own, to stay within 76 bytes.
        bytes += "\(name):\(isEncoded && name.utf8.count > 10 ? "\r\n " : " ")".utf8
        bytes +=
            isEncoded ? MailHeader.encodedWords(value) : MailHeader.folded(value, after: name.utf8.count + 2)
        line("")
    }

    mutating func subject(_ value: String) {
        guard MailHeader.isFoldable(value) else {
            bytes += "Subject: ".utf8
            bytes += MailHeader.encodedWords(value)
            return line("")
        }
        header("Subject", value)
    }

    /// A header of addresses, one a line.
    mutating func header(_ name: String, _ addresses: [MailAddress]) {
        bytes += "\(name): ".utf8
        for (index, address) in addresses.enumerated() {
            if index > 0 { bytes += ",\r\n ".utf8 }
            add(address)
        }
        line("")
    }

    /// The headers and the body of a part, encoded as quoted-printable.
    mutating func part(_ type: String, _ body: String) {
        header("Content-Type", "\(type); charset=utf-8")
        header("Content-Transfer-Encoding", "quoted-printable")
        line("")
        QuotedPrintable.append(body, to: &bytes)
    }

    private mutating func add(_ address: MailAddress) {
        guard let name = address.name else {
            bytes += address.address.utf8
            return
        }
        if MailHeader.needsEncoding(name) || name.utf8.count > 60 {
            bytes += MailHeader.encodedWords(name)
            bytes += "\r\n ".utf8
        } else {
            bytes.append(UInt8(ascii: "\""))
            for byte in name.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    bytes.append(UInt8(ascii: "\\"))
                }
                bytes.append(byte)
            }
            bytes += "\" ".utf8
        }
        bytes += "<\(address.address)>".utf8
    }
}
