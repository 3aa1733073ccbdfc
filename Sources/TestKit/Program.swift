internal import CLinux
internal import Glibc

/// Another program, run as an operator would; it is killed when nobody holds it any more.
///
/// A class, as it is a process with an identity.
public class Program {
    /// How a program ended: its exit code, or the negative number of the signal that killed it.
    public struct Ended: Sendable {
        public let status: Int32
        public let output: String
    }

    /// The process's id.
    public let process: Int32
    private let reading: Int32
    private var ended: Int32?
    /// What was read of its output so far.
    public private(set) var output = ""

    /// Starts a program with nothing in its environment but what is given. Its output and its errors go
    /// one way, unless the errors go to the end of the file `log`.
    public init(_ words: [String], environment: [String: String], log: String? = nil) throws {
        guard let path = words.first else { throw ProgramFault.notFound }
        var ends: [Int32] = [0, 0]
        // Sockets, as these are closed in other children from the start.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw ProgramFault.notStarted }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        if let log {
            posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        } else {
            posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        }
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] =
            environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        // Threads of a pool block signals, which a program would go on doing.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var started = pid_t()
        let status = posix_spawn(&started, path, &actions, &attributes, &arguments, &variables)
        close(ends[1])
        guard status == 0 else {
            close(ends[0])
            throw ProgramFault.notStarted
        }
        process = started
        reading = ends[0]
    }

    deinit {
        if ended == nil {
            Glibc.kill(process, SIGKILL)
            _ = reap()
        }
        close(reading)
    }

    /// Runs a program to its end, which must be a success, and gives what it wrote.
    public static func output(
        of words: [String], environment: [String: String] = ["PATH": "/usr/bin:/bin"]
    ) throws -> String {
        let ended = try Program(words, environment: environment).end()
        guard ended.status == 0 else { throw ProgramFault.ended("\(words): \(ended.output)") }
        return ended.output
    }

    /// The interpreter that has the libraries which our output is held against.
    public static let python =
        getenv("STRATIKEY_TEST_PYTHON").map { String(cString: $0) } ?? "/usr/bin/python3"

    /// What a script in Python writes, run to its end, which must be a success.
    public static func output(ofPython script: String, _ words: [String] = []) throws -> String {
        try output(of: [python, "-c", script] + words)
    }

    /// Reads on until the output holds these words.
    public func wait(for words: String) throws {
        while !output.contains(words) { guard read() else { throw ProgramFault.ended(output) } }
    }

    /// The number that the output has behind these words.
    public func number(after words: String) throws -> Int {
        try wait(for: words)
        guard let found = output.firstRange(of: words),
            let number = Int(output[found.upperBound...].prefix { $0.isNumber })
        else { throw ProgramFault.ended(output) }
        return number
    }

    /// Asks it to stop.
    public func stop() { stop(SIGTERM) }

    /// Sends a signal.
    public func stop(_ signal: Int32) { Glibc.kill(process, signal) }

    /// Kills it without a warning, and waits until it is gone.
    public func kill() {
        stop(SIGKILL)
        _ = reap()
    }

    /// Reads the rest, and gives the exit code; that of a signal is negative.
    @discardableResult
    public func end() -> Ended {
        while read() {}
        let status = reap()
        let signal = status & 0x7f
        return Ended(status: signal == 0 ? (status >> 8) & 0xff : -signal, output: output)
    }

    private func reap() -> Int32 {
        if let ended { return ended }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        ended = status
        return status
    }

    private func read() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(reading, &chunk, chunk.count)
        guard count > 0 else { return count < 0 && errno == EINTR }
        output += String(decoding: chunk[..<count], as: UTF8.self)
        return true
    }
}

/// Why a program can't be used.
public enum ProgramFault: Error {
    case notFound
    case notStarted
    /// It ended before it said what was waited for; its output.
    case ended(String)
}
