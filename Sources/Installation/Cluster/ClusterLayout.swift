internal import CLinux
internal import Crypto
internal import Glibc
internal import Wire

/// Where the parts of a private cluster lie, and whose they are.
struct ClusterLayout: Sendable {
    /// The installation's directory, absolute.
    let directory: String
    /// The cluster's own, which its account alone enters.
    let root: String
    let account: ClusterAccount
    /// Where the server's socket is: in `root`, or in /tmp where the path would be too long for a socket.
    let socketDirectory: String

    /// PostgreSQL's data directory.
    var data: String { "\(root)/data" }
    /// Whether `initdb` was here and finished.
    var isInitialized: Bool { access("\(data)/global/pg_control", F_OK) == 0 }

    /// Makes the directories.
    init(directory: String, account name: String, notice: (String) -> Void) throws(ClusterFault) {
        account = try ClusterAccount(named: name)
        try ClusterFiles.makeDirectory(directory, mode: 0o711)
        guard let resolved = realpath(directory, nil) else { throw .noAccess(directory) }
        defer { free(resolved) }
        let absolute = String(cString: resolved)
        self.directory = absolute
        root = try Self.makeRoot(in: absolute, account, notice)
        let usual = root
        // The kernel's limit for the path of a socket is 108 bytes with the closing zero.
        let isShort = "\(usual)/.s.PGSQL.\(PrivateCluster.port)".utf8.count < 108
        socketDirectory = isShort ? usual : "/tmp/stratikey-\(Self.digest(usual))"
        if !isShort { try Self.own(socketDirectory, account) }
    }

    /// Runs a program of PostgreSQL's under the cluster's account.
    func run(_ program: String, _ arguments: [String], output: String) throws(ClusterFault) {
        if access(output, F_OK) != 0 {
            try ClusterFiles.write("", to: output, owner: account.user, group: account.group)
        }
        guard ChildProcess.run(account.prefix + [program] + arguments, output: output) == 0 else {
            let name = program.split(separator: "/").last.map(String.init) ?? program
            throw .failed(program: name, log: output)
        }
    }

    /// The password of `platform_app`, made at the first use: 32 random bytes in hexadecimal digits.
    func password() throws(ClusterFault) -> String {
        let lock = try lock()
        defer { close(lock) }
        let path = "\(directory)/database-password"
        if let kept = ClusterFiles.read(path), kept.utf8.count == 64, Hex.decode(kept) != nil { return kept }
        let made = Hex.encode(randomBytes(32))
        try ClusterFiles.write(made, to: path, owner: geteuid(), group: getegid())
        return made
    }

    /// An open file that holds the lock on starting: of two processes the second waits. Closing it gives it
    /// back.
    func lock() throws(ClusterFault) -> Int32 {
        let path = "\(directory)/cluster.lock"
        let file = linux_open_create(path, 0o600)
        guard file >= 0 else { throw .noAccess(path) }
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else {
                close(file)
                throw .noAccess(path)
            }
        }
        return file
    }

    /// The cluster's directory in the installation's or, where its account can't get there, in
    /// /var/lib/stratikey with a link from the usual place.
    private static func makeRoot(
        in directory: String, _ account: ClusterAccount, _ notice: (String) -> Void
    ) throws(ClusterFault) -> String {
        let usual = "\(directory)/postgres"
        var info = stat()
        if lstat(usual, &info) == 0, info.st_mode & S_IFMT == S_IFLNK {
            guard let target = realpath(usual, nil) else { throw .noAccess(usual) }
            defer { free(target) }
            return String(cString: target)
        }
        if !account.isOther || account.canPass(directory) {
            try own(usual, account)
            return usual
        }
        let elsewhere = "/var/lib/stratikey/\(digest(directory))"
        try own(elsewhere, account)
        guard symlink(elsewhere, usual) == 0 else { throw .noAccess(usual) }
        notice("The account \(account.name) can't reach \(directory): the database lies in \(elsewhere).")
        return elsewhere
    }

    /// A directory that the account alone enters. One of somebody else's is refused.
    private static func own(_ path: String, _ account: ClusterAccount) throws(ClusterFault) {
        try ClusterFiles.makeDirectory(path, mode: 0o700)
        var info = stat()
        guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR,
            info.st_uid == account.user || info.st_uid == geteuid()
        else { throw .noAccess(path) }
        guard chmod(path, 0o700) == 0, !account.isOther || lchown(path, account.user, account.group) == 0
        else {
            throw .noAccess(path)
        }
    }

    private static func digest(_ path: String) -> String {
        String(Hex.encode(sha256(Array(path.utf8))).prefix(16))
    }
}
