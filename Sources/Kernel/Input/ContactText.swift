/// Clean forms of e-mail addresses, telephone numbers and web addresses.
enum ContactText {
    /// RFC 5321's mailbox without quoted local parts, at most 254 characters; the domain in lower case.
    static func email(_ text: String) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, let local = parts.first, let domain = parts.last
        else { return nil }
        guard (1...64).contains(local.utf8.count), isDotted(local, atom), isDotted(domain, label),
            domain.contains(".")
        else { return nil }
        return "\(local)@\(domain.lowercased())"
    }

    /// A number with 5 to 15 digits, `00` and `+` made one; spaces, points, dashes, slashes and brackets are
    /// dropped.
    static func phone(_ text: String) -> String? {
        var digits = ""
        for (position, character) in text.unicodeScalars.enumerated() {
            switch character {
            case "0"..."9": digits.unicodeScalars.append(character)
            case "+" where position == 0: digits = "+"
            case " ", ".", "-", "/", "(", ")", "\u{a0}": continue
            default: return nil
            }
        }
        if digits.hasPrefix("00") { digits = "+" + digits.dropFirst(2) }
        let count = digits.hasPrefix("+") ? digits.utf8.count - 1 : digits.utf8.count
        return (5...15).contains(count) ? digits : nil
    }

    /// An absolute http or https address without user and without spaces; `www.` alone gets `https://`.
    static func url(_ text: String) -> String? {
        let whole = text.lowercased().hasPrefix("www.") ? "https://\(text)" : text
        let lowered = whole.lowercased()
        guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://") else { return nil }
        guard
            whole.utf8.allSatisfy({
                $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "<") && $0 != 0x7f
            })
        else { return nil }
        let rest = whole.drop { $0 != "/" }.dropFirst(2)
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !host.isEmpty, !host.contains("@"), !host.contains("\\") else { return nil }
        return whole
    }

    private static func isDotted(_ text: Substring, _ part: (Substring) -> Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && part($0) }
    }

    private static func atom(_ text: Substring) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x9f || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
        }
    }

    private static func label(_ text: Substring) -> Bool {
        guard text.utf8.count <= 63, text.first != "-", text.last != "-" else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-"
        }
    }
}
