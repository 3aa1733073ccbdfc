internal import Crypto
internal import Kernel
internal import Tenancy
internal import Wire

/// The demo's people out of `sales_teams.csv`: regions and their managers' teams, agents and managers as
/// users.
///
/// Making them again changes nothing. Their passwords follow from the installation's secret and the address.
struct DemoPeople: Sendable {
    let process: PlatformProcess
    private let rows: [(agent: String, manager: String, region: String)]

    init(folder: String, process: PlatformProcess) {
        self.process = process
        let lines = (DemoFiles.text("\(folder)/sales_teams.csv") ?? "").split(whereSeparator: \.isNewline)
            .dropFirst()
        rows = lines.compactMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return cells.count == 3 ? (agent: cells[0], manager: cells[1], region: cells[2]) : nil
        }
    }

    /// Makes the organization, its teams and its people.
    func make() async throws -> (organization: UUIDv7, admin: UUIDv7) {
        let context = Context.command("demo", runtime: process.runtime)
        let enrolment = Enrolment(context)
        let (organization, admin) = try await found(by: enrolment)
        let acting = try await context.working(in: organization)
        var teams: [String: UUIDv7] = [:]
        for region in Self.distinct(rows.map(\.region)) {
            teams[region] = try await team(region, below: nil, acting)
        }
        for manager in Self.distinct(rows.map(\.manager)) {
            let region = rows.first { $0.manager == manager }.flatMap { teams[$0.region] }
            let team = try await team("Team \(manager)", below: region, acting)
            teams[manager] = team
            let member = try await enrolment.add(person(manager), to: organization, role: "sales_manager")
            try await enrolment.put(member, into: team, of: organization, asManager: true)
        }
        for row in rows {
            let member = try await enrolment.add(person(row.agent), to: organization, role: "sales_rep")
            guard let team = teams[row.manager] else { continue }
            try await enrolment.put(member, into: team, of: organization, asManager: false)
        }
        return (organization: organization, admin: admin)
    }

    private func found(by enrolment: Enrolment) async throws -> (organization: UUIDv7, admin: UUIDv7) {
        if let known = try await enrolment.organization(slug: Demo.slug),
            let admin = try await enrolment.member(nil, of: known)
        {
            return (organization: known, admin: admin)
        }
        return try await enrolment.found(
            "Demo", slug: Demo.slug, locale: "en", currency: "EUR", by: person(Self.admin))
    }

    private func team(_ name: String, below parent: UUIDv7?, _ context: Context) async throws -> UUIDv7 {
        if let known = try await context.first(Team.self, where: "name", equals: .text(name)) {
            return known.id.uuid
        }
        return try await context.create(
            Team.self, [.set(\.name, name), .set(\.parent, parent.map { ID($0) })]
        ).id.uuid
    }

    // MARK: Logins

    private static let admin = "Ada Admin"

    /// Everybody with their role.
    private var everybody: [(name: String, role: String)] {
        [(name: Self.admin, role: "org_admin")]
            + Self.distinct(rows.map(\.manager)).map { (name: $0, role: "sales_manager") }
            + rows.map { (name: $0.agent, role: "sales_rep") }
    }

    /// Every login, a line each.
    var allLogins: String { lines(everybody).joined(separator: "\n") + "\n" }

    /// How to log in, with one login of each role.
    func logins(at url: String) -> String {
        let shown = ["org_admin", "sales_manager", "sales_rep"].compactMap { role in
            everybody.first { $0.role == role }
        }
        return """

            The demo organization's people (slug \(Demo.slug)):
              \(lines(shown).joined(separator: "\n  "))
            All \(everybody.count) are in \(process.settings.directory)/demo-logins.txt. Log in with
              curl \(url)/api/v1/auth/login -H 'Content-Type: application/json' \\
                -d '{"email":"\(person(Self.admin).email)","password":"\(person(Self.admin).password)"}'
            """
    }

    private func lines(_ people: [(name: String, role: String)]) -> [String] {
        let width = people.map { person($0.name).email.count }.max() ?? 0
        return people.map { entry in
            let person = person(entry.name)
            let gap = String(repeating: " ", count: width - person.email.count)
            return "\(person.email)\(gap)  \(person.password)  \(entry.name), \(entry.role)"
        }
    }

    private func person(_ name: String) -> Enrolment.Person {
        let local =
            name == Self.admin ? "admin" : name.lowercased().split { !$0.isLetter }.joined(separator: ".")
        let email = "\(local)@demo.example"
        let secret = hmacSHA256(Array("demo:\(email)".utf8), key: process.runtime.configuration.secretKey)
        return Enrolment.Person(
            email: email, name: name, password: Base64.encode(Array(secret.prefix(12)), url: true))
    }

    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
