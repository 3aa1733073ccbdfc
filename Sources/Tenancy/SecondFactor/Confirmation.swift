internal import Crypto
internal import Kernel
internal import Wire

/// Asks somebody who is signed in to prove again who they are, before what a stolen session should not do.
struct Confirmation {
    /// Seconds after signing in that count as having just done so.
    private static let fresh: Int64 = 600

    let account: Account
    let context: Context

    /// Whether the session was opened a moment ago: its id tells when.
    var isFresh: Bool {
        guard let opened = context.principal.session?.instant else { return false }
        return context.now <= opened.adding(seconds: Self.fresh)
    }

    /// Demands the present password; 422 at the field when it is another, 429 after some of those.
    func demand(password: String, at field: String) async throws(Problem) {
        let attempts = Attempts.confirmation(by: account.id, in: context)
        try await attempts.demandOpen(in: context)
        guard try await Password.verify(password, account.passwordHash, in: context) != .invalid else {
            try await attempts.failed("auth.confirmation.failed", in: context)
            throw Problem.invalid(field, "wrong_password")
        }
        try await attempts.passed(in: context)
    }

    /// Demands a code of the second factor; 422 at the field when it is none, 429 after some of those.
    func demand(code: String, of factor: SecondFactor, at field: String) async throws(Problem) {
        let attempts = Attempts.confirmation(by: account.id, in: context)
        try await attempts.demandOpen(in: context)
        guard try await factor.takes(code, in: context) else {
            try await attempts.failed("auth.confirmation.failed", in: context)
            throw Problem.invalid(field, "wrong_code")
        }
        try await attempts.passed(in: context)
    }
}
