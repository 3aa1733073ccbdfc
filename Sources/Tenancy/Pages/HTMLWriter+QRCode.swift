internal import Kernel

extension HTMLWriter {
    /// A code as a picture that `name` tells of: dark on white in every theme, in its quiet zone.
    mutating func picture(of code: QRCode, name: String) {
        let side = "\(code.size + 8)"
        let attributes: [(StaticString, String)] = [
            ("class", "qr"), ("role", "img"), ("aria-label", name), ("viewBox", "-4 -4 \(side) \(side)"),
            ("shape-rendering", "crispEdges"),
        ]
        element("svg", attributes) { html in
            html.element(
                "rect", [("x", "-4"), ("y", "-4"), ("width", side), ("height", side), ("fill", "white")], "")
            html.element("path", [("d", code.path), ("fill", "black")], "")
        }
    }
}
