internal import Glibc
internal import Postgres
internal import Synchronization
public import Wire

/// Writes JSON lines: no secrets, no personal data, no row's content.
public final class Log: Sendable {
    /// How much a line matters.
    public enum Level: String, Sendable, Comparable {
        case debug, info, warning, error
        private var rank: Int { [Level.debug, .info, .warning, .error].firstIndex(of: self) ?? 0 }
        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
    }

    private let minimum: Level
    private let descriptor: Int32

    /// Writes lines of at least this level to a file descriptor, standard error by default.
    public init(minimum: Level = .info, descriptor: Int32 = 2) {
        self.minimum = minimum
        self.descriptor = descriptor
    }

    /// Whether a line of this level would be written.
    public func writes(_ level: Level) -> Bool { level >= minimum }

    /// Writes one line. `event` is a stable name; fields are safe data.
    public func line(_ level: Level, _ event: String, _ fields: [(String, JSON)] = []) {
        guard writes(level) else { return }
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.field("at", Instant.now())
        writer.field("level", level.rawValue)
        writer.field("event", event)
        for (name, value) in fields { writer.field(name, value) }
        writer.endObject()
        var bytes = writer.bytes
        bytes.append(10)
        // One write call per line: lines of several threads don't mix.
        bytes.withUnsafeBytes { _ = write(descriptor, $0.baseAddress, $0.count) }
    }
}

extension Log {
    /// Characters of a slow statement that are told.
    private static let longestStatement = 2000

    /// Statements that took long: their texts have placeholders in place of values.
    func slow(_ batch: SlowBatch) {
        line(
            .warning, "query.slow",
            [
                ("request", .string(batch.request)), ("class", .string("\(batch.queryClass)")),
                ("microseconds", .number(JSONNumber(batch.microseconds))),
                ("statements", .array(batch.texts.map { .string(String($0.prefix(Self.longestStatement))) })),
            ])
    }
}
