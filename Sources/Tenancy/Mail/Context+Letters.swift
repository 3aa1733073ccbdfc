internal import Crypto
internal import Kernel
internal import Wire

extension Context {
    /// Mails a verification link to a person's address, once the transaction is committed.
    func mailVerification(to person: UUIDv7) async throws(Problem) {
        try await letter(.verify, ["person_id": .id(person)], unique: "verify \(person)")
    }

    /// Mails a link to set a new password to an address, if it has an account.
    func mailReset(to email: String) async throws(Problem) {
        let digest = Hex.encode(sha256(Array(email.lowercased().utf8)))
        try await letter(.reset, ["email": .text(email)], unique: "reset \(digest)")
    }

    /// Mails an invitation whose token is made of `token`.
    func mailInvitation(_ invitation: UUIDv7, token: UUIDv7) async throws(Problem) {
        try await letter(
            .invitation, ["invitation_id": .id(invitation)], token: token, unique: "invitation \(token)")
    }

    private func letter(
        _ template: SendMail.Template, _ further: [String: Value], token: UUIDv7? = nil, unique: String
    ) async throws(Problem) {
        var values = further
        values["template"] = template.value
        values["token_id"] = .id(token ?? .make(at: now))
        values["language"] = .text(request.language.rawValue)
        try await enqueue(SendMail.self, values: values, uniqueKey: unique)
    }
}
