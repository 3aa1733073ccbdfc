internal import Kernel
internal import Tenancy

/// Makes one of the vendor's people.
public enum VendorCreateCommand: Command {
    public static let name = "vendor create"
    public static let summary = "make one of the vendor's people"
    public static let options: Set<String> = ["email", "name", "role"]
    public static let flags: Set<String> = ["password-stdin"]
    public static let help = """
        Makes a user of the vendor's realm and prints a one-time password. The first log-in, at
        POST /api/v1/vendor/auth/login, sets up one-time codes and replaces that password.

          --email ADDRESS     required
          --name NAME         required
          --role ROLE         super_admin, or support_agent (by default), who changes nothing
          --password-stdin    read the person's own password from the standard input instead; it stays
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let person = VendorPeople.Person(
            email: try arguments.required("email"), name: try arguments.required("name"),
            role: arguments["role"] ?? VendorRole.supportAgent.rawValue)
        let isOneTime = !arguments.has("password-stdin")
        guard let password = isOneTime ? Enrolment.password() : readLine() else {
            throw UsageFault("the standard input holds no password")
        }
        try VendorProcess.run("vendor create") { people in
            try await people.create(person, password: password, isOneTime: isOneTime)
        }
        Terminal.say("\(person.email) is \(person.role) of the vendor")
        if isOneTime { Terminal.say("password: \(password)") }
        return 0
    }
}

/// Lets one of the vendor's people in again who has lost password or authenticator.
public enum VendorResetCommand: Command {
    public static let name = "vendor reset"
    public static let summary = "give one of the vendor's people a new one-time password"
    public static let options: Set<String> = ["email"]
    public static let flags: Set<String> = []
    public static let help = """
        Ends the person's sessions, takes the second factor away and prints a one-time password: the next
        log-in sets both up anew.

          --email ADDRESS  required
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let email = try arguments.required("email")
        let password = Enrolment.password()
        let isFound = try VendorProcess.run(name) { people in
            try await people.reset(email, password: password)
        }
        guard isFound else { throw CommandFault("none of the vendor's people has the address \(email)") }
        Terminal.say("password: \(password)")
        return 0
    }
}

/// Removes one of the vendor's people.
public enum VendorRemoveCommand: Command {
    public static let name = "vendor remove"
    public static let summary = "remove one of the vendor's people"
    public static let options: Set<String> = ["email"]
    public static let flags: Set<String> = []
    public static let help = """
        Removes the person and ends the person's sessions; what was done stays in the audit.

          --email ADDRESS  required
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let email = try arguments.required("email")
        let isFound = try VendorProcess.run(name) { people in try await people.remove(email) }
        guard isFound else { throw CommandFault("none of the vendor's people has the address \(email)") }
        Terminal.say("\(email) is removed")
        return 0
    }
}

/// A process that works on the vendor's people and ends.
private enum VendorProcess {
    static func run<Value: Sendable>(
        _ command: String, _ body: @escaping @Sendable (VendorPeople) async throws -> Value
    ) throws -> Value {
        let process = try PlatformProcess(
            try Settings.current(), registry: try Registry(InstalledPlugins.all))
        defer { process.close() }
        try process.checkMigrations(migrating: false)
        try process.start()
        return try process.wait { process in
            try await body(VendorPeople(Context.command(command, runtime: process.runtime)))
        }
    }
}
