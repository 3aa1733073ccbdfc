extension Context {
    /// 403 `email_not_verified` until the caller's address is verified. Asked anew where the kept principal
    /// says no: the link may have been opened a moment ago.
    public func demandVerified() async throws(Problem) {
        if principal.isVerified { return }
        let loader = PrincipalLoader(runtime: runtime)
        guard let session = principal.session,
            let now = try await loader.principal(session: session, organization: principal.organization),
            now.isVerified
        else { throw Problem(403, "email_not_verified") }
    }
}
