/// What the private cluster's server is told, written anew before each start: the program's to say, not the
/// operator's.
struct ClusterConfiguration {
    private let layout: ClusterLayout

    init(_ layout: ClusterLayout) { self.layout = layout }

    /// Writes the files into the data directory.
    func write() throws(ClusterFault) {
        try write(settings, to: "platform.conf")
        try write(access, to: "pg_hba.conf")
        try write(identities, to: "pg_ident.conf")
        let main = ClusterFiles.read("\(layout.data)/postgresql.conf") ?? ""
        let inclusion = "include 'platform.conf'\n"
        if !main.contains(inclusion) { try write("\(main)\n\(inclusion)", to: "postgresql.conf") }
    }

    /// DETAIL of an error prints a row's values, and a failing statement its text: neither is ever logged.
    private var settings: String {
        """
        listen_addresses = ''
        port = \(PrivateCluster.port)
        unix_socket_directories = '\(layout.socketDirectory.replacing("'", with: "''"))'
        max_connections = 200
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_error_verbosity = terse
        log_min_error_statement = panic
        log_parameter_max_length_on_error = 0
        logging_collector = on
        log_directory = '../log'
        log_filename = 'postgres-%a.log'
        log_file_mode = 0600
        log_rotation_age = 1d
        log_rotation_size = 0
        log_truncate_on_rotation = on
        jit = off
        max_wal_size = 2GB
        checkpoint_timeout = 15min
        shared_buffers = 256MB

        """
    }

    /// The superuser by the account of the process on the other end of the socket, everybody else by
    /// password.
    private var access: String {
        """
        local all postgres peer map=platform
        local all all scram-sha-256

        """
    }

    private var identities: String {
        Set([layout.account.name, layout.account.caller]).sorted()
            .map { "platform \"\($0)\" postgres\n" }.joined()
    }

    private func write(_ text: String, to name: String) throws(ClusterFault) {
        try ClusterFiles.write(
            text, to: "\(layout.data)/\(name)", owner: layout.account.user, group: layout.account.group)
    }
}
