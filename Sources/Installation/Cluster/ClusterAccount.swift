internal import Glibc

/// The account that the cluster's server runs under.
struct ClusterAccount: Sendable {
    let name: String
    let user: uid_t
    let group: gid_t
    /// The account of this process.
    let caller: String

    /// Root's server runs as `name`, any other account's as itself.
    init(named name: String) throws(ClusterFault) {
        guard let entry = getpwuid(geteuid()), let callerName = entry.pointee.pw_name else {
            throw .noAccount("\(geteuid())")
        }
        caller = String(cString: callerName)
        guard geteuid() == 0 else {
            self.name = caller
            user = geteuid()
            group = getegid()
            return
        }
        guard let found = getpwnam(name), found.pointee.pw_uid != 0 else { throw .noAccount(name) }
        self.name = name
        user = found.pointee.pw_uid
        group = found.pointee.pw_gid
    }

    /// Whether it is another account than this process's.
    var isOther: Bool { geteuid() == 0 }

    /// What stands before a program so that it runs under the account.
    var prefix: [String] {
        isOther ? ["/usr/bin/setpriv", "--reuid=\(user)", "--regid=\(group)", "--init-groups", "--"] : []
    }

    /// Whether the account may pass through a directory and all above it.
    func canPass(_ directory: String) -> Bool {
        var path = ""
        for part in [""] + directory.split(separator: "/").map({ "/\($0)" }) {
            path += part
            var info = stat()
            guard stat(path.isEmpty ? "/" : path, &info) == 0 else { return false }
            let bit: mode_t = info.st_uid == user ? S_IXUSR : info.st_gid == group ? S_IXGRP : S_IXOTH
            guard info.st_mode & bit != 0 else { return false }
        }
        return true
    }
}
