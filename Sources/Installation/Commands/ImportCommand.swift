internal import Kernel
internal import Tenancy
internal import Wire

/// Imports a file as one of an organization's members.
public enum ImportCommand: Command {
    public static let name = "import"
    public static let summary = "import a file into an organization"
    public static let options: Set<String> = ["organization", "entity", "mapping", "as"]
    public static let flags: Set<String> = ["check"]
    public static let help = """
        platform import --organization SLUG --entity ENTITY --mapping FILE [--as EMAIL] [--check] FILE.csv

        Imports FILE.csv by the mapping in FILE (JSON, as PUT /imports/{id}/mapping takes it). Without
        --mapping it only tells what was detected and which mapping is proposed.

          --organization SLUG   required
          --entity ENTITY       required, such as sales.opportunity
          --mapping FILE        the mapping as JSON
          --as EMAIL            the member who imports, by default the first admin; that member's rights hold
          --check               check without writing

        Exits 1 when the import failed or rows were refused.
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        guard arguments.positional.count == 1 else { throw UsageFault("name one file") }
        let slug = try arguments.required("organization")
        let entity = try arguments.required("entity")
        let mapping = try arguments["mapping"].map { path throws(CommandFault) -> JSON in
            guard let text = DemoFiles.text(path) else { throw CommandFault("can't read \(path)") }
            guard let json = try? JSON.parse(text) else { throw CommandFault("\(path) is no JSON") }
            return json
        }
        let process = try PlatformProcess(
            try Settings.current(), registry: try Registry(InstalledPlugins.all))
        defer { process.close() }
        try process.checkMigrations(migrating: false)
        try process.start()
        let order = Order(
            slug: slug, entity: entity, file: arguments.positional[0], member: arguments["as"],
            mapping: mapping,
            isCheck: arguments.has("check"))
        let outcome = try process.wait { process in try await order.carryOut(in: process) }
        Terminal.say(outcome.text)
        let refused = outcome["counts"]?["error"]?.integerValue ?? 0
        return outcome["status"] == "failed" || refused > 0 ? 1 : 0
    }

    private struct Order: Sendable {
        let slug: String
        let entity: String
        let file: String
        let member: String?
        let mapping: JSON?
        let isCheck: Bool

        func carryOut(in process: PlatformProcess) async throws -> JSON {
            let context = Context.command("import", runtime: process.runtime)
            let enrolment = Enrolment(context)
            guard let organization = try await enrolment.organization(slug: slug) else {
                throw CommandFault("no organization \(slug)")
            }
            guard let member = try await enrolment.member(member, of: organization),
                let acting = try await context.working(in: organization).acting(asMember: member)
            else { throw CommandFault("no such member of \(slug)") }
            let importer = Importer(context: acting)
            let id = try await importer.analyse(path: file, entity: entity)
            guard let mapping else { return try await importer.show(id) }
            try await importer.map(id, mapping)
            return isCheck ? try await importer.check(id) : try await importer.run(id)
        }
    }
}
