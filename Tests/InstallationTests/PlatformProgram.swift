import Glibc
import TestKit

/// The built program, run as an operator would.
///
/// A class, as it is a process with an identity.
final class PlatformProgram {
    struct Ended {
        let status: Int32
        let output: String

        /// What a doctor found, but for the cluster of tests, which trades durability for speed.
        var faults: [String] {
            output.split(separator: "\n").map(String.init)
                .filter { $0.hasPrefix("failed  ") && !$0.hasPrefix("failed  durability: ") }
        }
    }

    private let process: pid_t
    private let reading: Int32
    private(set) var output = ""

    /// Starts the program with these words and nothing in its environment but what is given; its output and
    /// its errors go one way.
    init(_ words: [String], _ environment: [String: String]) throws {
        var ends: [Int32] = [0, 0]
        // Sockets, as these are closed in other children from the start.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw ProgramFault.notStarted }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        var all = [
            "PATH": "/usr/bin:/bin", "PLATFORM_MIGRATIONS": TestDatabase.migrations, "LOG_LEVEL": "error",
        ]
        all.merge(environment) { _, new in new }
        let program = try Self.path()
        var arguments: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = all.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in arguments + variables { free(pointer) } }
        var started = pid_t()
        let status = posix_spawn(&started, program, &actions, nil, &arguments, &variables)
        close(ends[1])
        guard status == 0 else { throw ProgramFault.notStarted }
        process = started
        reading = ends[0]
    }

    deinit { close(reading) }

    /// Runs the program to its end.
    static func run(_ words: [String], _ environment: [String: String] = [:]) throws -> Ended {
        try PlatformProgram(words, environment).end()
    }

    /// Reads on until the output holds these words.
    func wait(for words: String) throws {
        while !output.contains(words) { guard read() else { throw ProgramFault.ended(output) } }
    }

    /// The number that the output has behind these words.
    func number(after words: String) throws -> Int {
        try wait(for: words)
        guard let found = output.firstRange(of: words),
            let number = Int(output[found.upperBound...].prefix { $0.isNumber })
        else { throw ProgramFault.ended(output) }
        return number
    }

    /// What a program needs to know of an empty database.
    static func emptyDatabase() throws -> [String: String] {
        let admin = try PostgresCluster.shared.createDatabase()
        return [
            "DATABASE_URL": admin.replacing("user=postgres", with: "user=platform_app"),
            "MIGRATION_DATABASE_URL": admin,
            "PLATFORM_DIRECTORY": try TestFolder.make(),
        ]
    }

    static func migratedDatabase() throws -> [String: String] {
        let environment = try emptyDatabase()
        let migrated = try run(["migrate"], environment)
        guard migrated.status == 0 else { throw ProgramFault.ended(migrated.output) }
        return environment
    }

    func stop(_ signal: Int32 = SIGTERM) { kill(process, signal) }

    /// Reads the rest, and gives the exit code; that of a signal is negative.
    func end() -> Ended {
        while read() {}
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return Ended(status: signal == 0 ? (status >> 8) & 0xff : -signal, output: output)
    }

    private func read() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(reading, &chunk, chunk.count)
        guard count > 0 else { return count < 0 && errno == EINTR }
        output += String(decoding: chunk[..<count], as: UTF8.self)
        return true
    }

    /// Beside the program of the tests, where the build puts it.
    private static func path() throws -> String {
        var bytes = [CChar](repeating: 0, count: 4096)
        guard readlink("/proc/self/exe", &bytes, bytes.count - 1) > 0 else { throw ProgramFault.notFound }
        let own = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let built = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? own
        for file in [built, own] {
            let path = file.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/platform"
            if access(path, X_OK) == 0 { return path }
        }
        throw ProgramFault.notFound
    }
}

enum ProgramFault: Error {
    case notFound
    case notStarted
    /// It ended before it said what was waited for; its output.
    case ended(String)
}
