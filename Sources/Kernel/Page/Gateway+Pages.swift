internal import HTTP

/// The way of a request for a page: visitor, limits, proof of the form, the page's own act, the page around it.
extension Gateway {
    /// The answer of the page at the request's path; nil where there is none.
    func page(for exchange: inout Exchange) async -> Response? {
        let request = exchange.request
        guard
            case .found(let page, let parameters) = runtime.registry.pageRouter.match(.get, request.segments)
        else { return nil }
        exchange.page = page.path
        let asked = PageRequest(request: request)
        let caller = await Authentication(runtime: runtime).visitor(of: request, in: page.realm)
        exchange.begin(visitor: caller, language: asked.language)
        let visit = Visit(
            context: Context(
                runtime: runtime, principal: caller.principal, request: exchange.info,
                now: runtime.clock.now()),
            parameters: parameters, query: asked.query, path: request.path,
            proof: exchange.proof(by: runtime).field, keeps: page.keeps)
        var response: Response
        do throws(Problem) {
            response = try await answer(page, visit, &exchange)
        } catch {
            exchange.problem = error.code
            response = PageFrame(
                runtime: runtime, language: exchange.info.language, kept: visit.keptQuery
            ).response(error)
        }
        response.headers += exchange.cookies(chosen: asked.chosenLanguage, by: runtime)
        response.headers.append(
            (name: "Referrer-Policy", value: page.isSecret ? "no-referrer" : "same-origin"))
        return response
    }

    private func answer(_ page: PageDefinition, _ visit: Visit, _ exchange: inout Exchange)
        async throws(Problem) -> Response
    {
        let method = exchange.request.method
        let isForm = method == .post && page.takesForm
        guard method == .get || method == .head || isForm else {
            let allow = page.takesForm ? "GET, HEAD, POST" : "GET, HEAD"
            throw Problem(405, "method_not_allowed", ["allowed": allow], headers: [("Allow", allow)])
        }
        let (network, visitor) = (exchange.request.remoteNetwork, visit.context.principal)
        let isAnonymous = visitor.user == nil || isForm
        try await draw(
            {
                isAnonymous
                    ? $0.anonymous(network, isWrite: isForm) : $0.known(visitor, isWrite: false)
            },
            &exchange)
        guard isForm else { return response(try await page.show(visit), page, visit) }
        return try await submitted(page, visit, &exchange)
    }

    private func submitted(_ page: PageDefinition, _ visit: Visit, _ exchange: inout Exchange)
        async throws(Problem) -> Response
    {
        var visit = visit
        do throws(Problem) {
            visit.form = try await PageRequest(request: exchange.request).form()
            let isOurs = SendingPage(runtime: runtime, request: exchange.request)
                .isOurs(evenNameless: page.isSecret)
            guard isOurs, runtime.formProofs.holds(visit.form["proof"], for: exchange.request) else {
                throw Problem(403, "form_not_ours")
            }
            return response(try await page.submit(visit), page, visit)
        } catch {
            exchange.problem = error.code
            visit.problem = error
            var response = response(try await page.show(visit), page, visit)
            // A page may lead elsewhere instead, as to the log-in. To a browser 401 speaks of another way of
            // signing in (RFC 9110, 11.6.1).
            guard response.status == 200 else { return response }
            response.status = error.status == 401 ? 422 : error.status
            response.headers += error.headers.filter { $0.0 == "Retry-After" }.map {
                (name: $0.0, value: $0.1)
            }
            return response
        }
    }

    private func response(_ answer: PageAnswer, _ page: PageDefinition, _ visit: Visit) -> Response {
        var response: Response
        switch answer.content {
        case .seeOther(let path):
            response = Response(status: 303, headers: [(name: "Location", value: path)])
        case .page(let title, let content):
            let frame = PageFrame(
                runtime: runtime, language: visit.context.request.language, kept: visit.keptQuery)
            response = frame.response(200, title: title ?? visit.text("page.\(page.name).title"), content)
        }
        response.headers += answer.headers.map { (name: $0.0, value: $0.1) }
        return response
    }
}

extension Exchange {
    /// A visitor of a page: sessions are handed over as cookies there.
    mutating func begin(visitor: Caller, language: Language?) {
        caller = visitor
        info.language =
            language ?? (visitor.principal.user == nil ? nil : visitor.principal.preferences.language)
            ?? .italian
        info.handover = .cookie
    }

    /// The proof of this request's forms.
    mutating func proof(by runtime: Runtime) -> FormProofs.Proof {
        let known = proof ?? runtime.formProofs.proof(for: request)
        proof = known
        return known
    }

    /// What the browser is to keep: the proof's cookie, the language that was chosen.
    mutating func cookies(chosen language: Language?, by runtime: Runtime) -> [(name: String, value: String)]
    {
        var cookies = [proof(by: runtime).cookie].compactMap { $0 }
        if let language {
            let isSecure = runtime.configuration.publicURL.hasPrefix("https://")
            let attributes = "Path=/; Max-Age=31536000; SameSite=Lax\(isSecure ? "; Secure" : "")"
            let value = "\(PageRequest.languageCookie)=\(language.rawValue); \(attributes)"
            cookies.append((name: "Set-Cookie", value: value))
        }
        return cookies
    }
}
