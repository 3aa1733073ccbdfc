internal import Kernel
internal import Postgres
internal import Synchronization

/// Language tags: language, script and region of BCP 47, such as `it-IT` or `sr-Latn-RS`.
enum Locales {
    static func fault(_ value: Value) -> String? {
        guard let text = value.textValue else { return nil }
        return text.wholeMatch(of: /[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?/) == nil
            ? "unknown_locale" : nil
    }
}

/// IANA's time zones, as PostgreSQL has them: what it can't reckon with is refused.
enum TimeZones {
    /// Asked for once in a process: PostgreSQL reads a file for each of them.
    private static let names = Mutex<Set<String>>([])

    /// Whether there is a zone of that name.
    static func contains(_ name: String, in context: Context) async throws(Problem) -> Bool {
        let known = names.withLock { $0 }
        if !known.isEmpty { return known.contains(name) }
        let rows = try await context.read(
            [
                """
                select z.name
                from pg_catalog.pg_timezone_names z
                where z.name !~ '^(posix|right)/' and z.name not in ('localtime', 'posixrules', 'Factory')
                """
            ], .long)[0]
        let found = Set((0..<rows.count).compactMap { rows[$0, 0] })
        names.withLock { $0 = found }
        return found.contains(name)
    }

    /// 422 at the field when there is no such zone.
    static func require(_ name: String, at field: String, in context: Context) async throws(Problem) {
        guard try await contains(name, in: context) else {
            throw Problem.invalid(field, "unknown_time_zone", expected: "IANA, Europe/Rome")
        }
    }
}
