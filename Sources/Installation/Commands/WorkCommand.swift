public import Kernel

/// Works jobs without serving requests.
public enum WorkCommand: Command {
    public static let name = "work"
    public static let summary = "run background work only"
    public static let options: Set<String> = []
    public static let flags: Set<String> = []
    public static let help = """
        Runs jobs, schedules and what follows committed changes until SIGTERM or SIGINT. Any number of workers
        may run beside any number of servers. JOBS says how many jobs a process runs at once (4).
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        try work(plugins: InstalledPlugins.all)
    }

    /// Works for an installation of these plugins until a signal ends it; answers the exit code.
    public static func work(plugins: [any Plugin]) throws -> Int32 {
        let signals = StopSignals()
        let settings = try Settings.current()
        let process = try PlatformProcess(settings, registry: try Registry(plugins))
        defer { process.close() }
        try process.checkMigrations(migrating: false)
        try process.start()
        let worker = Worker(runtime: process.runtime, concurrency: settings.jobs)
        try process.wait { _ in await worker.start() }
        Terminal.say("Working; stop with SIGTERM.")
        signals.wait()
        try process.wait { _ in await worker.stop(grace: 10) }
        return 0
    }
}
