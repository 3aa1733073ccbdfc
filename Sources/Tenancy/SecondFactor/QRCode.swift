internal import CQREncode
internal import Kernel
internal import Wire

/// A text as a QR code that still reads with 15 % of it lost (ISO/IEC 18004, level M), by libqrencode.
struct QRCode: Sendable {
    /// Modules on a side, without the quiet zone of four around them.
    let size: Int
    private let modules: [Bool]

    /// Nil for no text, and for more than 2,331 bytes, as a code holds no more.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(clamping: bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            return nil
        }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        // The lowest bit is the module; the others say what it is there for.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
        size = width
    }

    /// Whether the module of a row and column, counted from the upper left corner, is dark.
    func isDark(_ row: Int, _ column: Int) -> Bool { modules[row * size + column] }

    /// The dark modules as the path of an SVG in which a module is a unit: each row's runs in their order.
    var path: String {
        var path = ""
        for row in 0..<size {
            var column = 0
            while column < size {
                let start = column
                while column < size, isDark(row, column) { column += 1 }
                if column > start { path += "M\(start) \(row)h\(column - start)v1h-\(column - start)z" }
                column += 1
            }
        }
        return path
    }

    /// As answers carry it.
    var json: JSON { ["size": .integer(size), "path": .string(path)] }

    /// What `json` holds.
    static let members: [AnswerShape.FieldSummary] = [.init("size", "integer"), .init("path", "string")]
}
