/// Where a row starts, so that reading can go on from there.
///
/// Every encoding read here is without state between characters: an offset in bytes of the original file, at
/// a row's start, is all that is needed to go on, whatever the encoding.
public struct RecordPosition: Sendable, Hashable {
    /// In bytes of the original file.
    public let byteOffset: Int64
    /// The physical line there, from 1.
    public let line: Int

    /// A position that a reader gave earlier.
    public init(byteOffset: Int64, line: Int) {
        self.byteOffset = byteOffset
        self.line = line
    }

    /// The beginning of the file, before byte order mark and header.
    public static let start = RecordPosition(byteOffset: 0, line: 1)
}
