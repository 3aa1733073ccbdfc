internal import Kernel
internal import Wire

/// An organization's looks: two colours and a logo, which every member reads at `/me`.
enum Branding {
    static let logoKey = "logo"
    static let keys = ["brand_primary", "brand_accent", logoKey]
    /// Bytes of a logo's file.
    private static let largestLogo = 65_536
    /// Characters of the `data:` URI: base64 takes four for three bytes.
    static let longestLogo = 87_500

    /// The code of what is wrong with a colour: `#rrggbb`, as style sheets have it.
    static func colorFault(_ value: Value) -> String? {
        guard let text = value.textValue else { return nil }
        return text.wholeMatch(of: /#[0-9a-fA-F]{6}/) == nil ? "not_a_color" : nil
    }

    /// The code of what is wrong with a logo. Its first bytes decide what it is, and its type must say the
    /// same; drawings in SVG are refused, as they can hold scripts.
    static func logoFault(_ value: Value) -> String? {
        guard let text = value.textValue else { return nil }
        guard let image = image(text) else { return "not_an_image" }
        guard image.bytes.count <= largestLogo else { return "image_too_large" }
        return format(of: image.bytes) == image.media ? nil : "not_an_image"
    }

    /// `{"primary","accent","logo"}` of the settings by key.
    static func json(_ settings: [String: JSON]) -> JSON {
        [
            "primary": settings["brand_primary"] ?? .null, "accent": settings["brand_accent"] ?? .null,
            "logo": settings[logoKey] ?? .null,
        ]
    }

    /// What the security audit tells of a logo: its type and size.
    static func summary(_ logo: JSON) -> JSON {
        guard let image = logo.stringValue.flatMap({ image($0) }) else { return .null }
        return .string("\(image.media), \(image.bytes.count) bytes")
    }

    /// The type and the bytes of `data:<type>;base64,<bytes>` (RFC 2397).
    private static func image(_ text: String) -> (media: String, bytes: [UInt8])? {
        guard text.hasPrefix("data:"), let comma = text.firstIndex(of: ",") else { return nil }
        let head = text[..<comma].dropFirst(5)
        guard head.hasSuffix(";base64"), let bytes = Base64.decode(String(text[comma...].dropFirst())) else {
            return nil
        }
        return (media: String(head.dropLast(7)), bytes: bytes)
    }

    /// By the signatures of PNG (W3C, 5.2), JPEG (JFIF, ITU-T T.871) and WebP (RFC 9649, 2.4).
    private static func format(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        let isWebP = bytes.starts(with: Array("RIFF".utf8)) && bytes.dropFirst(8).starts(with: "WEBP".utf8)
        return isWebP ? "image/webp" : nil
    }
}
