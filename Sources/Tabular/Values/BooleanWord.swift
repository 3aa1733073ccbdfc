/// The words for yes and no in English and Italian, and the signs for them.
enum BooleanWord {
    private static let meanings: [String: Bool] = [
        "true": true, "false": false, "yes": true, "no": false, "si": true, "sì": true, "vero": true,
        "falso": false,
        "1": true, "0": false, "x": true, "y": true, "n": false, "t": true, "f": false, "s": true,
    ]

    /// What a text in any case means, or nil when it means neither.
    static func meaning(of text: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard let first = text.first, text.count <= 5, mayStart(first) else { return nil }
        let lowered = String(decoding: text, as: UTF8.self).lowercased()
        return meanings[lowered] ?? (lowered == "si\u{300}" ? true : nil)
    }

    private static func mayStart(_ byte: UInt8) -> Bool {
        switch byte.lowered {
        case 0x30, 0x31: true
        case 0x74, 0x66, 0x79, 0x6E, 0x73, 0x76, 0x78: true
        default: false
        }
    }
}
