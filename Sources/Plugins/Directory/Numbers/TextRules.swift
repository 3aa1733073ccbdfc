internal import Kernel

/// The recipient's code of electronic invoices (codice destinatario): seven letters or digits.
enum InvoiceCode {
    static func fault(_ value: Value) -> String? {
        guard let text = value.textValue else { return nil }
        return text.utf8.count == 7 && CleanCode.isAlphanumeric(text) ? nil : "sdi_code_format"
    }
}

/// A domain of the Internet without scheme, path and user.
enum DomainName {
    static func fault(_ value: Value) -> String? {
        guard let text = value.textValue else { return nil }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isSound =
            labels.count > 1
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.unicodeScalars.allSatisfy {
                        $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "-"
                    }
            }
        return isSound ? nil : "domain_format"
    }
}

/// A language by BCP 47: a code of two or three letters, then subtags.
enum LanguageTag {
    static func fault(_ value: Value) -> String? {
        guard let text = value.textValue else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isSound = parts.allSatisfy { CleanCode.isAlphanumeric($0) && $0.utf8.count <= 8 }
        let start = parts.first?.utf8 ?? "".utf8[...]
        guard isSound, (2...3).contains(start.count), start.allSatisfy({ $0 > 0x39 }) else {
            return "language_format"
        }
        return nil
    }
}

/// The name of a time zone in IANA's form: `Europe/Rome`.
enum ZoneName {
    static func fault(_ value: Value) -> String? {
        guard let text = value.textValue else { return nil }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isSound = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte & 0xdf)
                        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
                }
        }
        return isSound && (parts.count > 1 || text == "UTC") ? nil : "time_zone_format"
    }
}

/// An amount that can't be below zero.
enum Amount {
    static func fault(_ value: Value) -> String? {
        guard let amount = value.integerValue, amount < 0 else { return nil }
        return "negative"
    }
}
