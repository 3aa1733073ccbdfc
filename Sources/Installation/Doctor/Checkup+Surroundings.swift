internal import Glibc
internal import Kernel
internal import Postgres

/// The machine and the operator's settings.
extension Checkup {
    static let surroundings: [Checkup] = [
        Checkup(name: "disk", finding: disk),
        Checkup(name: "secret key", finding: secretKey),
        Checkup(name: "mail", gravity: .warning, finding: mail),
        Checkup(name: "public address", gravity: .warning, finding: publicAddress),
        Checkup(name: "open files", gravity: .warning, finding: openFiles),
    ]

    /// Bytes below which a disk counts as full, and the share of it.
    private static let least: UInt64 = 1 << 30
    private static let share = 20

    private static func disk(_ patient: Patient) throws -> String? {
        var places = [patient.settings.directory]
        if let data = try patient.database.query("show data_directory")[0, 0], access(data, F_OK) == 0 {
            places.append(data)
        }
        for place in places {
            var info = statvfs()
            guard statvfs(place, &info) == 0 else { continue }
            if let finding = fullness(
                of: place, free: UInt64(info.f_bavail) * UInt64(info.f_frsize),
                size: UInt64(info.f_blocks) * UInt64(info.f_frsize))
            {
                return finding
            }
        }
        return nil
    }

    /// Says that a disk is nearly full: less than 1 GiB, or less than a twentieth of it up to 10 GiB.
    static func fullness(of place: String, free: UInt64, size: UInt64) -> String? {
        guard free < max(least, min(size / UInt64(share), 10 * least)) else { return nil }
        return
            """
            \(free >> 20) MB of \(size >> 20) MB are free under \(place): PostgreSQL stops when it is full; \
            make room
            """
    }

    private static func secretKey(_ patient: Patient) throws -> String? {
        if getenv("PLATFORM_SECRET_KEY") != nil { return nil }
        let path = "\(patient.settings.directory)/secret.key"
        var info = stat()
        guard stat(path, &info) == 0 else {
            let isSealed = try patient.database.query("select exists (select from platform.signing_keys)")
                .bool(0, 0)
            // It is made at the first start.
            guard isSealed == true else { return nil }
            return
                "there is no \(path), without which sealed secrets can't be opened; bring it back from backup"
        }
        return info.st_mode & 0o077 == 0
            ? nil : "\(path) can be read by other accounts; `chmod 600 \(path)`, and think of it as known"
    }

    private static func mail(_ patient: Patient) throws -> String? {
        patient.settings.smtp == nil
            ? "no SMTP_URL is set: mails are put into \(patient.settings.directory)/outbox and reach nobody"
            : nil
    }

    private static func publicAddress(_ patient: Patient) throws -> String? {
        patient.settings.publicURL.hasPrefix("http://")
            && !patient.settings.publicURL.hasPrefix("http://localhost")
            ? """
            PUBLIC_URL is not https: passwords and tokens would cross the network openly; put a proxy with \
            TLS in front
            """
            : nil
    }

    private static func openFiles(_ patient: Patient) throws -> String? {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit.rlim_max >= 16_384
            ? nil
            : """
            \(limit.rlim_max) files may be open at most, and so as many connections; raise the limit \
            (ulimit -Hn)
            """
    }
}
