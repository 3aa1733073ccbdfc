extension CivilDate {
    /// A day from `YYYY-MM-DD` and nothing else.
    public init?(_ iso: some StringProtocol) {
        var text = String(iso)
        guard let date = text.withUTF8({ CivilDate(utf8: $0) }) else { return nil }
        self = date
    }

    /// The same from borrowed bytes.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var cursor = ASCIICursor(bytes)
        guard let date = CivilDate(&cursor), cursor.isAtEnd else { return nil }
        self = date
    }

    init?(_ cursor: inout ASCIICursor) {
        guard let year = cursor.number(4), cursor.take(UInt8(ascii: "-")),
            let month = cursor.number(2), cursor.take(UInt8(ascii: "-")),
            let day = cursor.number(2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Appends `YYYY-MM-DD`.
    public func append(to bytes: inout [UInt8]) {
        DecimalDigits.append(year, width: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        DecimalDigits.append(month, width: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        DecimalDigits.append(day, width: 2, to: &bytes)
    }
}

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
