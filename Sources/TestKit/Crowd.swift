internal import Loop
internal import Synchronization

/// Many clients at once: each has a thread of its own, as clients block.
public enum Crowd {
    /// Runs `body` on so many threads, by number, and gives what they made when the last has ended; the
    /// first error otherwise.
    public static func run<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
    ) async throws -> [Value] {
        let results = Results<Value>(count)
        return try await withCheckedThrowingContinuation { continuation in
            for number in 0..<count {
                _ = Thread {
                    let made = Result { try body(number) }
                    if let all = results.put(made, at: number) {
                        continuation.resume(with: Result { try all.map { try $0.get() } })
                    }
                }
            }
        }
    }

    /// What the threads made so far; a class, as they share it.
    private final class Results<Value: Sendable>: Sendable {
        private let made: Mutex<[Result<Value, any Error>?]>

        init(_ count: Int) { made = Mutex(Array(repeating: nil, count: count)) }

        /// All of them, for the one who came last.
        func put(_ result: Result<Value, any Error>, at number: Int) -> [Result<Value, any Error>]? {
            made.withLock { made in
                made[number] = result
                let all = made.compactMap { $0 }
                return all.count == made.count ? all : nil
            }
        }
    }
}
