internal import Glibc

/// How many files and sockets this process may have open.
public enum OpenFiles {
    /// As many as the system lets it: crowds of connections have both of their ends here.
    public static func raiseLimit() {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        getrlimit(kind, &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(kind, &limit)
    }
}
