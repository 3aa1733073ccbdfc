internal import CLinux
internal import Glibc

/// Turns bytes of an encoding into UTF-8, block after block, through the C library's iconv.
///
/// What can't be decoded becomes U+FFFD, one for each unit of the encoding. A class, for it owns the iconv
/// descriptor.
final class TextConverter {
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    private let encoding: TextEncoding
    private let descriptor: iconv_t

    init(from encoding: TextEncoding) throws(TableFileError) {
        guard let opened = iconv_open("UTF-8", encoding.iconvName), Int(bitPattern: opened) != -1 else {
            throw .encodingUnavailable(encoding)
        }
        self.encoding = encoding
        descriptor = opened
    }

    deinit { iconv_close(descriptor) }

    /// Converts `input` into `output`, which has room for three times as many bytes.
    ///
    /// - Returns: how many bytes were taken (an unfinished character at the end is left for the next block,
    ///   unless `isLast`) and how many were written.
    func convert(
        _ input: UnsafeMutableBufferPointer<UInt8>, isLast: Bool,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) -> (taken: Int, written: Int) {
        var source = UnsafeMutableRawPointer(input.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var target = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var sourceLeft = input.count
        var targetLeft = output.count
        while sourceLeft > 0 {
            let result = iconv(descriptor, &source, &sourceLeft, &target, &targetLeft)
            guard result == -1 else { continue }
            if errno == EINVAL, !isLast { break }
            guard targetLeft >= 3, errno == EILSEQ || errno == EINVAL else { break }
            let skipped = min(encoding.unitLength, sourceLeft)
            for byte in Self.replacement {
                target?.pointee = CChar(bitPattern: byte)
                target = target?.advanced(by: 1)
            }
            targetLeft -= 3
            source = source?.advanced(by: skipped)
            sourceLeft -= skipped
        }
        return (input.count - sourceLeft, output.count - targetLeft)
    }

    /// All of `bytes` as text.
    static func text(of bytes: [UInt8], in encoding: TextEncoding) throws(TableFileError) -> String {
        guard encoding != .utf8 else { return String(decoding: bytes, as: UTF8.self) }
        let converter = try TextConverter(from: encoding)
        var input = bytes
        let output = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count * 3 + 16)
        defer { output.deallocate() }
        let written = input.withUnsafeMutableBufferPointer { input in
            converter.convert(input, isLast: true, into: output).written
        }
        return String(decoding: output[..<written], as: UTF8.self)
    }
}
