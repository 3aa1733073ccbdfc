internal import Kernel
internal import Loop
internal import Mail
internal import Postgres
internal import Wire

/// Mails one of Tenancy's letters, after the commit of what it is about.
struct SendMail: Job {
    struct Payload: Shape {
        let template = Field.choice("template", default: Template.verify)
        /// Whose address; for a reset the address alone is known.
        let person = Field<UUIDv7>.id("person_id").optional
        let email = Field.text("email", max: 254).optional
        let invitation = Field<UUIDv7>.id("invitation_id").optional
        /// What the link's token is made of.
        let token = Field<UUIDv7>.id("token_id")
        let language = Field.text("language", max: 10)
        init() {}
    }

    /// Names the messages `mail.<template>.subject` and `.text`.
    enum Template: String, Choice { case verify, reset, invitation }

    static let kind = "tenancy.send_mail"

    static func run(_ payload: Values<Payload>, in job: JobContext) async throws(Problem) -> JobOutcome {
        let context = job.context
        let letter: Letter?
        switch payload.template {
        case .verify: letter = try await verification(payload, in: context)
        case .reset: letter = try await reset(payload, in: context)
        case .invitation: letter = try await Letter.invitation(payload, in: context)
        }
        guard let letter else { return .done }
        return try await send(letter, payload, in: context)
    }

    private static func verification(_ payload: Values<Payload>, in context: Context) async throws(Problem)
        -> Letter?
    {
        guard let person = payload.person, let account = try await Account.read(person, in: context),
            !account.isVerified
        else { return nil }
        let token = try await keep(payload, .verify, account.id, seconds: 604_800, in: context)
        return Letter(
            to: account.email, name: account.name, path: "/verify?token=\(token)",
            parameters: ["name": account.name])
    }

    private static func reset(_ payload: Values<Payload>, in context: Context) async throws(Problem)
        -> Letter?
    {
        guard let email = payload.email, let account = try await Account.find(email, in: context) else {
            return nil
        }
        let token = try await keep(payload, .reset, account.id, seconds: 3600, in: context)
        return Letter(
            to: account.email, name: account.name, path: "/reset?token=\(token)",
            parameters: ["name": account.name])
    }

    /// Keeps the digest of the token; once, however often the job runs.
    private static func keep(
        _ payload: Values<Payload>, _ purpose: LinkToken.Purpose, _ person: UUIDv7, seconds: Int64,
        in context: Context
    ) async throws(Problem) -> String {
        let token = LinkToken.make(purpose, payload.token, in: context)
        _ = try await context.write([
            """
            select platform.add_user_token(
                \(Token.digest(token))::bytea, \(purpose.rawValue), \(person)::uuid, \(context.now),
                \(context.now.adding(seconds: seconds)))
            """
        ])
        return token
    }

    private static func send(_ letter: Letter, _ payload: Values<Payload>, in context: Context)
        async throws(Problem) -> JobOutcome
    {
        let mailer = context.runtime.mailer
        do {
            let message = try letter.message(payload, in: context)
            try await context.runtime.blocking.run { try mailer.send(message) }
            return .done
        } catch let error as MailError {
            context.runtime.log.line(.warning, "mail.failed", [("reason", .string(error.description))])
            if error.isPermanent { return .cancel(error.description) }
            throw Problem.unavailable
        } catch {
            throw Problem.unavailable
        }
    }
}
