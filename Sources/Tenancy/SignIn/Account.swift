internal import Kernel
internal import Postgres
internal import Wire

/// A person's account, whatever organizations the person belongs to.
struct Account: Sendable {
    let id: UUIDv7
    let email: String
    let name: String
    let passwordHash: String?
    let locale: String?
    let isVerified: Bool

    private init?(_ rows: Rows) {
        guard rows.count == 1, let id = rows.id(0, 0), let email = rows[0, 1], let name = rows[0, 2] else {
            return nil
        }
        self.id = id
        self.email = email
        self.name = name
        passwordHash = rows[0, 3]
        locale = rows[0, 4]
        isVerified = rows.bool(0, 5) ?? false
    }

    /// What is looked for where `email` was sent. No address beyond ASCII has an account, but the database
    /// folds some other letters (U+0130) onto ASCII's, and failures would be counted for another address than
    /// is found: such a one is looked for as the empty address, which nobody has.
    static func sought(_ email: String) -> String { isASCII(email) ? email : "" }

    private static func isASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// The account of an address, without regard to case.
    static func find(_ email: String, in context: Context) async throws(Problem) -> Account? {
        Account(
            try await context.read(
                """
                select a.id, a.email, a.name, a.password_hash, a.locale, a.is_verified
                from platform.find_account(\(sought(email))) as a
                """))
    }

    /// The account of a person.
    static func read(_ person: UUIDv7, in context: Context) async throws(Problem) -> Account? {
        Account(
            try await context.read(
                """
                select a.id, a.email, a.name, a.password_hash, a.locale, a.is_verified
                from platform.read_account(\(person)::uuid) as a
                """))
    }

    /// The caller's own; 401 without one.
    static func caller(in context: Context) async throws(Problem) -> Account {
        guard let person = context.principal.user, let account = try await read(person, in: context) else {
            throw Problem(401, "unauthenticated")
        }
        return account
    }

    /// An address that mail can be sent to: the kernel's form, in ASCII (RFC 5321 without SMTPUTF8).
    static func addressFault(_ value: Value) -> String? {
        value.textValue.map(isASCII) == false ? "not_an_email" : nil
    }

    /// Its public members.
    var json: JSON {
        [
            "id": .string(id.description), "email": .string(email), "name": .string(name),
            "locale": locale.map(JSON.string) ?? .null, "email_verified": .bool(isVerified),
        ]
    }
}
