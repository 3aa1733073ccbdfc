internal import CLinux
internal import Glibc
internal import Synchronization

/// Random words from the kernel, fetched by the page: a call of getrandom for each id costs more than the id.
final class RandomWords: Sendable {
    private struct Page {
        var words = [UInt64](repeating: 0, count: 512)
        var next = 512
    }

    static let shared = RandomWords()

    private let page = Mutex(Page())

    /// Two words that nobody else was given.
    func pair() -> (UInt64, UInt64) {
        page.withLock { page in
            if page.next == page.words.count { RandomWords.fill(&page) }
            defer { page.next += 2 }
            return (page.words[page.next], page.words[page.next + 1])
        }
    }

    private static func fill(_ page: inout Page) {
        page.words.withUnsafeMutableBytes { bytes in
            var filled = 0
            while filled < bytes.count {
                // Larger calls may be cut short by a signal; 256 bytes and less never are.
                let count = getrandom(bytes.baseAddress?.advanced(by: filled), 256, 0)
                precondition(count == 256 || errno == EINTR, "the kernel gives no random bytes")
                filled += max(0, count)
            }
        }
        page.next = 0
    }
}
