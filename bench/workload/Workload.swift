internal import Glibc
internal import Installation

/// A worker of the installation that knows one kind more, of jobs that do nothing: what the bench counts.
@main
enum Workload {
    static func main() throws {
        exit(try WorkCommand.work(plugins: InstalledPlugins.all + [WorkloadPlugin()]))
    }
}
