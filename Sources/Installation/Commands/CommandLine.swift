internal import Glibc
internal import Kernel

/// Finds the command and runs it.
public enum PlatformCommands {
    static let all: [any Command.Type] = [
        ServeCommand.self, WorkCommand.self, MigrateCommand.self, DemoCommand.self, DoctorCommand.self,
        ImportCommand.self, OpenAPICommand.self, UserCreateCommand.self, AuditVerifyCommand.self,
        VendorCreateCommand.self, VendorResetCommand.self, VendorRemoveCommand.self,
    ]

    /// Runs what the words ask for and gives the exit code.
    public static func run(_ words: [String]) -> Int32 {
        signal(SIGPIPE, SIG_IGN)
        guard let first = words.first, first != "--help", first != "-h", first != "help" else {
            Terminal.say(overview)
            return words.isEmpty ? 2 : 0
        }
        guard let (command, rest) = find(words) else {
            complain("unknown command \(first)\n\n\(overview)")
            return 2
        }
        if rest.contains("--help") || rest.contains("-h") {
            Terminal.say("platform \(command.name)\n\n\(command.help)")
            return 0
        }
        do {
            let arguments = try Arguments(rest, options: command.options, flags: command.flags)
            return try command.run(arguments)
        } catch let fault as UsageFault {
            complain("platform \(command.name): \(fault)\n\n\(command.help)")
            return 2
        } catch {
            complain("platform \(command.name): \(describe(error))")
            return 1
        }
    }

    private static func find(_ words: [String]) -> (command: any Command.Type, rest: [String])? {
        for command in all {
            let name = command.name.split(separator: " ").map(String.init)
            if words.starts(with: name) {
                return (command: command, rest: Array(words.dropFirst(name.count)))
            }
        }
        return nil
    }

    private static var overview: String {
        let width = all.map { $0.name.count }.max() ?? 0
        let lines = all.map { command in
            let space = String(repeating: " ", count: width - command.name.count)
            return "  \(command.name)\(space)  \(command.summary)"
        }
        return """
            platform: one multi-tenant business platform on PostgreSQL

            \(lines.joined(separator: "\n"))

            platform COMMAND --help tells more of each.
            """
    }

    private static func complain(_ text: String) { Terminal.error(text) }

    private static func describe(_ error: any Error) -> String {
        guard let problem = error as? Problem else { return "\(error)" }
        let fields = problem.errors.map { "\($0.field): \($0.code)" }.joined(separator: ", ")
        return fields.isEmpty ? problem.code : "\(problem.code) (\(fields))"
    }
}
