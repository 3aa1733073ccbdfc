/// The letters of Latin-1 and Latin Extended-A without their accents, in lower case.
enum LatinLetters {
    /// From U+00C0 on; a dot where there is no letter.
    private static let table: [[UInt32]] = {
        let plain =
            "aaaaaa*ceeeeiiiidnooooo.ouuuuyt*aaaaaa*ceeeeiiiidnooooo.ouuuuyty"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**rrrrrrsssssssstttttt"
            + "uuuuuuuuuuuuwwyyyzzzzzzs"
        return plain.unicodeScalars.map { $0 == "." ? [] : [$0.value] }
    }()
    private static let pairs: [UInt32: String] = [
        0xC6: "ae", 0xDE: "th", 0xDF: "ss", 0xE6: "ae", 0xFE: "th", 0x132: "ij", 0x133: "ij", 0x152: "oe",
        0x153: "oe",
    ]

    /// One or two plain letters, or nil for the signs × and ÷.
    static func folded(_ scalar: Unicode.Scalar) -> [UInt32]? {
        if let pair = pairs[scalar.value] { return pair.unicodeScalars.map(\.value) }
        let index = Int(scalar.value) - 0xC0
        guard table.indices.contains(index), !table[index].isEmpty else { return nil }
        return table[index]
    }
}
