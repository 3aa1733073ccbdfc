/// The database that a process works on: the operator's own, or the private cluster for as long as it is
/// needed.
final class ClusterLease: Sendable {
    /// For `platform_app`.
    let applicationConnection: String
    /// For a role that may assume `platform_owner`.
    let adminConnection: String
    private let cluster: PrivateCluster?

    init(_ settings: Settings) throws {
        if let url = settings.databaseURL {
            applicationConnection = url
            adminConnection = settings.migrationURL ?? url
            cluster = nil
            return
        }
        let cluster = try PrivateCluster(directory: settings.directory)
        try cluster.start()
        self.cluster = cluster
        applicationConnection = cluster.applicationConnection
        adminConnection = cluster.adminConnection
    }

    /// A process whose start fails behind the lease leaves no server running.
    deinit { cluster?.stop() }

    /// Stops the private cluster if this process started it.
    func close() { cluster?.stop() }
}
