internal import CLinux
internal import Glibc

/// A scheduled call, to be cancelled by.
public struct TimerToken: Sendable, Equatable {
    let number: UInt64
}

/// Due calls, the earliest first; equal times keep the order in which they were added.
struct TimerHeap {
    private struct Entry {
        let due: Int64
        let number: UInt64
        let body: () -> Void
        func before(_ other: Entry) -> Bool { (due, number) < (other.due, other.number) }
    }

    private var entries: [Entry] = []
    private var cancelled: Set<UInt64> = []
    private var live: Set<UInt64> = []
    private var lastNumber: UInt64 = 0

    /// When the earliest entry is due, cancelled ones included.
    var next: Int64? { entries.first?.due }

    mutating func add(at due: Int64, _ body: @escaping () -> Void) -> TimerToken {
        lastNumber += 1
        entries.append(Entry(due: due, number: lastNumber, body: body))
        live.insert(lastNumber)
        siftUp(entries.count - 1)
        return TimerToken(number: lastNumber)
    }

    mutating func cancel(_ token: TimerToken) {
        if live.contains(token.number) { cancelled.insert(token.number) }
    }

    mutating func popDue(at now: Int64) -> (() -> Void)? {
        while let first = entries.first, first.due <= now {
            removeFirst()
            live.remove(first.number)
            if cancelled.remove(first.number) == nil { return first.body }
        }
        return nil
    }

    private mutating func removeFirst() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child].before(entries[smallest]) { smallest = child }
            }
            guard smallest != parent else { return }
            entries.swapAt(parent, smallest)
            parent = smallest
        }
    }

    private mutating func siftUp(_ position: Int) {
        var child = position
        while child > 0, entries[child].before(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }
}

/// The clock that never jumps.
public enum Monotonic {
    /// Milliseconds since some fixed moment of this machine's run.
    public static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Microseconds since the same moment, for durations in logs and metrics.
    public static func microseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
