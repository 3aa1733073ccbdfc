internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// Failed attempts at somebody's secret, counted in the database for every process: a few are free, then each
/// locks for 30 seconds, doubled. Why these buckets: docs/decisions/0007-sign-in-under-attack.md.
struct Attempts: Sendable {
    /// What is counted together.
    private struct Bucket: Sendable {
        /// A keyed digest in hexadecimal digits: the table names no address.
        let digest: String
        /// Failures before the one that locks.
        let allowed: Int64
        /// Longest lock, and peace after which the count begins anew, in seconds.
        let longest: Int64
        let forgotten: Int64

        /// Each part of the name stands behind its length: what somebody sends as an address never names
        /// the bucket of another.
        init(_ name: [String], allowed: Int64, longest: Int64, forgotten: Int64 = 86_400, in context: Context)
        {
            let secret = context.runtime.configuration.secretKey
            let key = hmacSHA256(Array("sign_in_attempts".utf8), key: secret)
            let told = name.map { "\($0.utf8.count):\($0)" }.joined()
            digest = Hex.encode(hmacSHA256(Array(told.utf8), key: key))
            self.allowed = allowed
            self.longest = longest
            self.forgotten = forgotten
        }
    }

    /// What became of a failure.
    struct Outcome: Sendable {
        /// Seconds that the attempt should have waited for: it was not judged.
        let waited: Int64
        /// Seconds that it has locked.
        let locked: Int64
    }

    /// Whose people try; the names of their buckets differ.
    enum Realm: String, Sendable { case tenants, vendor }

    private let realm: Realm
    private let person: UUIDv7?
    private let own: Bucket
    private let shared: [Bucket]
    /// Whose counts a success voids.
    private let cleared: [String]

    /// Sign-ins to an account, there or not: five from one network are free, fifty from everywhere, a hundred
    /// of one network at whatever accounts. Networks that the person has signed in from are free of the
    /// latter two.
    static func signIn(
        _ email: String, of person: UUIDv7?, realm: Realm = .tenants, in context: Context
    ) -> Attempts {
        let place = context.request.network
        let name = ["account", realm.rawValue, Self.account(email)]
        let own = Bucket(name + ["from", place], allowed: 5, longest: 3600, in: context)
        let everywhere = Bucket(name, allowed: 50, longest: 900, in: context)
        let network = Bucket(["from", place], allowed: 100, longest: 3600, forgotten: 3600, in: context)
        return Attempts(
            realm: realm, person: person, own: own, shared: [everywhere, network],
            cleared: [own.digest, everywhere.digest])
    }

    /// Proofs that somebody who is signed in gives again.
    static func confirmation(by person: UUIDv7, realm: Realm = .tenants, in context: Context) -> Attempts {
        let name = ["confirmation", realm.rawValue, person.description]
        let own = Bucket(name, allowed: 5, longest: 3600, in: context)
        return Attempts(realm: realm, person: person, own: own, shared: [], cleared: [own.digest])
    }

    /// Sign-ups with addresses that have an account: each tells that it has.
    static func signUp(in context: Context) -> Attempts {
        let name = ["sign-up", context.request.network]
        let own = Bucket(name, allowed: 20, longest: 3600, forgotten: 3600, in: context)
        return Attempts(realm: .tenants, person: nil, own: own, shared: [], cleared: [])
    }

    /// Mails with a link to set a new password: an address is not flooded with them.
    static func reset(_ email: String, in context: Context) -> Attempts {
        let name = ["reset", Self.account(email)]
        let own = Bucket(name, allowed: 5, longest: 3600, forgotten: 3600, in: context)
        return Attempts(realm: .tenants, person: nil, own: own, shared: [], cleared: [])
    }

    /// 429 while there is to be waited. The same for accounts that are and that are not.
    func demandOpen(in context: Context) async throws(Problem) {
        let rows = try await context.read(
            """
            select platform.sign_in_wait(
                \(person)::uuid, \(own.digest), \(shared.map(\.digest))::text[], \(context.now))
            """)
        try Self.refuse(rows.integer(0, 0))
    }

    /// Counts a failure.
    func fail(in context: Context) async throws(Problem) -> Outcome {
        let all = [own] + shared
        let rows = try await context.write([
            """
            select f.waited, f.locked
            from platform.sign_in_failed(
                \(person)::uuid, \(own.digest), \(shared.map(\.digest))::text[],
                \(all.map(\.allowed))::integer[],
                \(all.map(\.longest))::integer[],
                \(all.map(\.forgotten))::integer[], \(context.now)) as f
            """
        ])[0]
        return Outcome(waited: rows.integer(0, 0) ?? 0, locked: rows.integer(0, 1) ?? 0)
    }

    /// Counts a failure, and is 429 where it came while there was to be waited: guesses at once learn no more
    /// than guesses in turn. The realm's audit is told of the failure and of the lock.
    func failed(_ event: String, in context: Context) async throws(Problem) {
        let outcome = try await fail(in: context)
        try Self.refuse(outcome.waited)
        try await tell(event, in: context)
        guard outcome.locked > 0 else { return }
        try await tell("auth.locked", ["seconds": .number(JSONNumber(outcome.locked))], in: context)
    }

    private func tell(_ event: String, _ detail: JSON = [:], in context: Context) async throws(Problem) {
        switch realm {
        case .tenants: try await context.personEvent(event, of: person, detail: detail)
        case .vendor: try await context.vendorEvent(event, by: person, detail: detail)
        }
    }

    /// Ends an attempt that was right: the counts are void, unless others have failed meanwhile: then it is
    /// 429 too.
    func passed(in context: Context) async throws(Problem) {
        let rows = try await context.write([
            """
            select platform.sign_in_passed(
                \(person)::uuid, \(own.digest), \(shared.map(\.digest))::text[], \(cleared)::text[],
                \(context.now))
            """
        ])[0]
        try Self.refuse(rows.integer(0, 0))
    }

    /// Voids the counts, whatever they lock.
    func forget(in context: Context) async throws(Problem) {
        _ = try await context.write(["select platform.forget_attempts(\(cleared)::text[])"])
    }

    private static func refuse(_ seconds: Int64?) throws(Problem) {
        guard let seconds, seconds > 0 else { return }
        throw Problem(429, "too_many_attempts", headers: [("Retry-After", "\(seconds)")])
    }

    /// An address without regard to case and to spaces around it.
    private static func account(_ email: String) -> String {
        email.lowercased().split(separator: " ").joined(separator: " ")
    }
}
