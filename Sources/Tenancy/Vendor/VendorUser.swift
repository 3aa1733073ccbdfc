internal import Crypto
internal import Kernel
internal import Postgres
internal import Wire

/// One of the vendor's people, who are no accounts of tenants.
struct VendorUser: Sendable {
    let id: UUIDv7
    let email: String
    let name: String
    let role: String
    let passwordHash: String
    /// Whether the password was made by a command and is yet to be replaced.
    let isOneTime: Bool
    /// The sealed secret of one-time passwords, where one was begun.
    let sealed: [UInt8]?
    /// Whether that secret works. Without it nothing else does.
    let isConfirmed: Bool
    private let lastStep: Int64

    private init?(_ rows: Rows) {
        guard rows.count == 1, let id = rows.id(0, 0), let email = rows[0, 1], let name = rows[0, 2],
            let role = rows[0, 3], let hash = rows[0, 4]
        else { return nil }
        self.id = id
        self.email = email
        self.name = name
        self.role = role
        passwordHash = hash
        isOneTime = rows.bool(0, 5) ?? true
        sealed = rows.binary(0, 6)
        isConfirmed = rows.bool(0, 7) ?? false
        lastStep = rows.integer(0, 8) ?? 0
    }

    private static let columns: SQL = """
        f.id, f.email, f.name, f.role, f.password_hash, f.is_one_time, f.sealed, f.is_confirmed, f.last_step
        """

    /// The user of an address, without regard to case.
    static func find(_ email: String, in context: Context) async throws(Problem) -> VendorUser? {
        VendorUser(
            try await context.read(
                "select \(sql: columns) from platform.find_vendor_user(\(Account.sought(email))) as f"))
    }

    /// The user whom an enrolment's token is for; 401 for one that does not hold, or no longer.
    static func find(enrolment token: String, in context: Context) async throws(Problem) -> VendorUser {
        let found = VendorUser(
            try await context.read(
                """
                select \(sql: columns)
                from platform.find_vendor_enrolment(\(Token.digest(token))::bytea, \(context.now)) as f
                """))
        guard let found else { throw Problem(401, "enrolment_invalid") }
        return found
    }

    /// The step whose code this is; nil for one that is wrong or was used.
    func step(of code: String, in context: Context) throws(Problem) -> Int64? {
        guard let sealed, let digits = SecondFactor.code(code) else { return nil }
        return try SecondFactor.open(sealed, of: id, in: context)
            .step(of: digits, at: context.now, after: lastStep)
    }

    /// Takes a code of the moment, once.
    func takes(_ code: String, in context: Context) async throws(Problem) -> Bool {
        guard isConfirmed, let step = try step(of: code, in: context) else { return false }
        let rows = try await context.write([
            "select platform.use_vendor_totp_step(\(id)::uuid, \(step))"
        ])[0]
        return rows.bool(0, 0) == true
    }

    /// Its public members.
    var json: JSON {
        [
            "id": .string(id.description), "email": .string(email), "name": .string(name),
            "role": .string(role),
        ]
    }

    static let shape = AnswerShape.FieldSummary(
        "user",
        of: [
            .init("id", "string"), .init("email", "string"), .init("name", "string"), .init("role", "string"),
        ])
}
