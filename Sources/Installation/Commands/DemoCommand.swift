internal import Kernel

/// Loads the demo organization.
public enum DemoCommand: Command {
    public static let name = "demo"
    public static let summary = "load the demo organization"
    public static let options: Set<String> = []
    public static let flags: Set<String> = []
    public static let help = """
        Makes the organization 'demo-crm' out of a public CRM dataset, through the product's own importer:
        regional teams, 42 users with generated passwords, products, accounts and 8,800 opportunities. Does
        nothing when it is there. Prints how to log in.
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let process = try PlatformProcess(
            try Settings.current(), registry: try Registry(InstalledPlugins.all))
        defer { process.close() }
        try process.checkMigrations(migrating: true)
        try process.start()
        Terminal.say(try Demo.load(in: process))
        return 0
    }
}
