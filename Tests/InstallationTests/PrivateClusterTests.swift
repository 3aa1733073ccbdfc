import Glibc
import Postgres
import TestKit
import Testing

@testable import Installation

/// One cluster for the whole suite, in turn: making one takes seconds.
@Suite(.serialized) struct PrivateClusterTests {
    @Test
    func `a cluster is made and started, shared with a second process, and stopped by the last one out`()
        throws
    {
        let directory = try temporaryDirectory()
        let first = try PrivateCluster(directory: directory)
        #expect(!first.isRunning)
        try first.start()
        #expect(first.isRunning)

        try share(first, in: directory)
        try #expect(role(first.adminConnection) == "postgres true")
        try #expect(role(first.applicationConnection) == "platform_app false")
        try expectSecrecy(of: first, in: directory)

        first.stop()
        #expect(!first.isRunning)
        try first.start()
        try #expect(role(first.applicationConnection) == "platform_app false")
        first.stop()
    }

    /// A second process comes and goes while the first is connected.
    private func share(_ first: PrivateCluster, in directory: String) throws {
        let connection = try MaintenanceConnection(first.applicationConnection)
        let second = try PrivateCluster(directory: directory)
        try second.start()
        second.stop()
        #expect(first.isRunning)
        withExtendedLifetime(connection) {}
    }

    /// The password alone opens the database to requests, only its owner reads it, and no value reaches the
    /// log.
    private func expectSecrecy(of cluster: PrivateCluster, in directory: String) throws {
        var info = stat()
        #expect(stat("\(directory)/database-password", &info) == 0)
        #expect(info.st_mode & 0o777 == 0o600)
        #expect(stat("\(cluster.dataDirectory)/..", &info) == 0)
        #expect(info.st_mode & 0o777 == 0o700)
        let guessed = "\(cluster.applicationConnection.split(separator: " password=")[0]) password=guessed"
        #expect(throws: SQLError.self) { try MaintenanceConnection(guessed) }

        let admin = try MaintenanceConnection(cluster.adminConnection)
        #expect(throws: SQLError.self) {
            try admin.execute(
                "create temporary table t (v text unique); insert into t values ('canary'), ('canary')")
        }
        let log = try admin.query("select pg_read_file(pg_current_logfile())")[0, 0] ?? ""
        #expect(log.contains("duplicate key"))
        #expect(!log.contains("canary"))
        let settings = try admin.query(
            "select current_setting('listen_addresses'), current_setting('data_checksums')")
        #expect(settings[0, 0] == "")
        #expect(settings[0, 1] == "on")
    }

    @Test func `without its account no cluster is made`() throws {
        let directory = try temporaryDirectory()
        guard geteuid() == 0 else { return }
        #expect(throws: ClusterFault.noAccount("nobody-of-that-name")) {
            try PrivateCluster(directory: directory, account: "nobody-of-that-name")
        }
    }

    private func role(_ connection: String) throws -> String? {
        try MaintenanceConnection(connection).query(
            """
            select rolname || ' ' || rolsuper
            from pg_roles
            where rolname = current_user
            """)[0, 0]
    }

    /// A new directory that the server's account can reach.
    private func temporaryDirectory() throws -> String {
        let path = try TestFolder.make()
        chmod(path, 0o711)
        return "\(path)/.platform"
    }
}
