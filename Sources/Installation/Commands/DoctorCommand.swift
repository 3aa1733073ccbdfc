internal import Kernel
internal import Postgres
internal import Wire

/// Looks for what keeps the installation from working, and says how to mend it.
public enum DoctorCommand: Command {
    public static let name = "doctor"
    public static let summary = "look for faults and say how to mend them"
    public static let options: Set<String> = []
    public static let flags: Set<String> = []
    public static let help = """
        Looks at settings, plugins, the database's server, migrations, roles, policies, statistics, jobs,
        events, disk, clock and keys. Prints one line per check with what is wrong and how to mend it; exits 1
        when one has failed. A warning alone exits 0.
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        let settings = try Settings.current()
        report("settings", .fault, nil)
        let registry: Registry
        do { registry = try Registry(InstalledPlugins.all) } catch {
            report("plugins", .fault, "the registry refuses them:\n\(error)")
            return 1
        }
        report("plugins", .fault, nil)
        let counts: Counts
        do {
            let lease = try ClusterLease(settings)
            defer { lease.close() }
            let database = try MaintenanceConnection(lease.adminConnection)
            report("database", .fault, nil)
            counts = examine(
                Patient(
                    settings: settings, registry: registry, database: database,
                    adminConnection: lease.adminConnection))
        } catch {
            report(
                "database", .fault, "can't be reached (\(error)); check DATABASE_URL and that PostgreSQL runs"
            )
            return 1
        }
        Terminal.say(counts.summary)
        return counts.faults == 0 ? 0 : 1
    }

    private struct Counts {
        var faults = 0
        var warnings = 0

        var summary: String {
            if faults == 0, warnings == 0 { return "All is well." }
            return "\(faults) checks have failed, \(warnings) ask for attention."
        }
    }

    private static func examine(_ patient: Patient) -> Counts {
        var counts = Counts()
        for checkup in Checkup.all {
            let finding: String?
            do { finding = try checkup.finding(patient) } catch { finding = "could not be checked: \(error)" }
            report(checkup.name, checkup.gravity, finding)
            guard finding != nil else { continue }
            switch checkup.gravity {
            case .fault: counts.faults += 1
            case .warning: counts.warnings += 1
            }
        }
        return counts
    }

    private static func report(_ name: String, _ gravity: Checkup.Gravity, _ finding: String?) {
        let word = gravity == .fault ? "failed " : "warning"
        Terminal.say(finding.map { "\(word) \(name): \($0)" } ?? "ok      \(name)")
    }
}
