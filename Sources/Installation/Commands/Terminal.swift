internal import Glibc

/// What a command says, written at once: `print` keeps lines back when its output is no terminal.
enum Terminal {
    /// Says a line.
    static func say(_ text: String) { write(text, to: 1) }

    /// Says a line where errors go.
    static func error(_ text: String) { write(text, to: 2) }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)
        bytes.append(10)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            guard count > 0 else { return }
            sent += count
        }
    }
}
