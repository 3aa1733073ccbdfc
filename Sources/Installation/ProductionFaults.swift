internal import Mail

/// Why a server does not start in production: every fault at once.
public struct ProductionFaults: Error, Sendable, CustomStringConvertible {
    let faults: [String]

    public var description: String {
        (["In production the server does not start like this:"] + faults.map { "  - \($0)" })
            .joined(separator: "\n")
    }
}

extension Settings {
    /// Refuses default, guessable and short secrets where `isProduction` holds.
    ///
    /// - Throws: `ProductionFaults` with all of them; none of the secrets stands in it.
    func demandProductionSecrets(secretKey: [UInt8]) throws(ProductionFaults) {
        guard isProduction else { return }
        var faults: [String] = []
        if !publicURL.hasPrefix("https://") { faults.append("PUBLIC_URL must begin with https://") }
        if Self.isGuessable(secretKey) {
            faults.append("PLATFORM_SECRET_KEY must be random: openssl rand -hex 32")
        }
        let migrates = migrationURL == databaseURL ? nil : migrationURL
        for (name, url) in [
            ("DATABASE_URL", databaseURL), ("MIGRATION_DATABASE_URL", migrates),
            ("DIRECT_DATABASE_URL", directURL),
        ] {
            guard let password = url.flatMap(Self.password), Self.isWeak(password) else { continue }
            faults.append("the password in \(name) must have 12 characters at least and be no common one")
        }
        if let password = smtp?.password,
            password.utf8.count < 8 || Self.common.contains(password.lowercased())
        {
            faults.append("SMTP_PASSWORD must have 8 characters at least and be no common one")
        }
        guard faults.isEmpty else { throw ProductionFaults(faults: faults) }
    }

    private static let common: Set<String> = [
        "changeme", "changeme123", "default", "example", "password", "password123", "platform_app",
        "platform_owner", "postgres", "postgrespassword", "secret", "stratikey", "stratikey123",
    ]

    private static func isWeak(_ password: String) -> Bool {
        password.utf8.count < 12 || common.contains(password.lowercased()) || Set(password).count < 4
    }

    /// Of 32 random bytes fewer than 20 different ones come once in 10^10; a period or a step is no chance
    /// either.
    static func isGuessable(_ key: [UInt8]) -> Bool {
        guard key.count == 32, Set(key).count >= 20 else { return true }
        let steps = zip(key, key.dropFirst()).map { $1 &- $0 }
        return Set(steps).count < 10 || key[..<16] == key[16...]
    }

    /// The password of a URL or of a conninfo string; nil without one.
    static func password(_ connection: String) -> String? {
        if let scheme = connection.firstRange(of: "://") {
            let authority = connection[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
            guard let at = authority.lastIndex(of: "@"),
                let colon = authority[..<at].firstIndex(of: ":")
            else { return nil }
            return String(authority[authority.index(after: colon)..<at])
        }
        let words = connection.split(separator: " ")
        guard let word = words.last(where: { $0.hasPrefix("password=") }) else { return nil }
        return String(word.dropFirst(9).filter { $0 != "'" })
    }
}
