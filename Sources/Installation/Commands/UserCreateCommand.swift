internal import Kernel
internal import Tenancy
internal import Wire

/// Makes a user, in a new organization or in one that is there.
public enum UserCreateCommand: Command {
    public static let name = "user create"
    public static let summary = "make a user, in a new or an existing organization"
    public static let options: Set<String> = [
        "email", "name", "password", "organization", "new-organization", "role", "locale", "currency",
    ]
    public static let flags: Set<String> = []
    public static let help = """
        Makes a user with a verified address and prints the password, unless one is given.

          --email ADDRESS            required
          --name NAME                required
          --password PASSWORD        by default one is made and printed
          --organization SLUG        join this organization
          --role KEY                 with this built-in role (viewer)
          --new-organization NAME    make an organization, the user its admin
          --locale LOCALE            of the new organization (it-IT)
          --currency CODE            of the new organization (EUR)
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let password = arguments["password"] ?? Enrolment.password()
        let person = Enrolment.Person(
            email: try arguments.required("email"), name: try arguments.required("name"), password: password)
        guard (arguments["organization"] == nil) != (arguments["new-organization"] == nil) else {
            throw UsageFault("give either --organization or --new-organization")
        }
        let process = try PlatformProcess(
            try Settings.current(), registry: try Registry(InstalledPlugins.all))
        defer { process.close() }
        try process.checkMigrations(migrating: false)
        try process.start()
        let isKnown = try process.wait { process in try await enrolment(process).hasAccount(person.email) }
        let line = try process.wait { process in try await make(person, arguments, process) }
        Terminal.say(line)
        if isKnown {
            Terminal.say("The address has had an account before, which keeps its name and password.")
        } else if arguments["password"] == nil {
            Terminal.say("password: \(password)")
        }
        return 0
    }

    private static func enrolment(_ process: PlatformProcess) -> Enrolment {
        Enrolment(Context.command("user create", runtime: process.runtime))
    }

    private static func make(_ person: Enrolment.Person, _ arguments: Arguments, _ process: PlatformProcess)
        async throws -> String
    {
        let enrolment = enrolment(process)
        if let name = arguments["new-organization"] {
            let slug = name.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
            let made = try await enrolment.found(
                name, slug: slug, locale: arguments["locale"] ?? "it-IT",
                currency: arguments["currency"] ?? "EUR",
                by: person)
            return "\(person.email) is the admin of \(slug) (\(made.organization))"
        }
        let slug = arguments["organization"] ?? ""
        guard let organization = try await enrolment.organization(slug: slug) else {
            throw CommandFault("no organization \(slug)")
        }
        let role = arguments["role"] ?? BuiltInRole.viewer.rawValue
        let id = try await enrolment.add(person, to: organization, role: role)
        return "\(person.email) is \(role) in \(slug) (\(id))"
    }
}
