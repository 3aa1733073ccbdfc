import Glibc

/// A file that a test wrote, gone with this value.
final class TemporaryFile {
    let path: String

    init(_ bytes: some Collection<UInt8>, suffix: String = ".csv") {
        var template = Array("/tmp/tabular-XXXXXX\(suffix)".utf8CString)
        let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let bytes = Array(bytes)
        var written = 0
        while written < bytes.count {
            written += bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { write(descriptor, $0 + written, buffer.count - written) }
                    ?? buffer.count
            }
        }
        close(descriptor)
    }

    convenience init(_ text: String) {
        self.init(Array(text.utf8))
    }

    deinit { unlink(path) }

    var bytes: [UInt8] {
        let file = fopen(path, "r")
        defer { fclose(file) }
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&block, 1, block.count, file)
            if count == 0 { return all }
            all.append(contentsOf: block[..<count])
        }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What a command prints, or nil when it fails or isn't there.
func output(of command: String) -> String? {
    guard let pipe = popen("\(command) 2>/dev/null", "r") else { return nil }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&block, 1, block.count, pipe)
        if count == 0 { break }
        all.append(contentsOf: block[..<count])
    }
    return pclose(pipe) == 0 ? String(decoding: all, as: UTF8.self) : nil
}

extension String {
    /// The text in UTF-16 with a byte order mark.
    func utf16Bytes(bigEndian: Bool = false) -> [UInt8] {
        ([0xFEFF] + Array(utf16)).flatMap { unit in
            let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            return bigEndian ? bytes.reversed() : bytes
        }
    }

    /// The text in windows-1252, for Latin-1 letters and the euro sign.
    var windows1252Bytes: [UInt8] {
        unicodeScalars.map { $0 == "€" ? 0x80 : UInt8(truncatingIfNeeded: $0.value) }
    }
}
