internal import Kernel
internal import Mail
internal import Postgres
internal import Wire

/// One letter with a link, before it is put into words.
struct Letter: Sendable {
    let to: String
    let name: String?
    /// Under the public address.
    let path: String
    let parameters: [String: String]

    /// An invitation that is still open.
    static func invitation(_ payload: Values<SendMail.Payload>, in context: Context) async throws(Problem)
        -> Letter?
    {
        let organization = try context.organization()
        guard let id = payload.invitation else { return nil }
        let rows = try await context.read(
            """
            select i.email, m.name, o.name
            from kernel.invitations i
            cross join platform.describe_organization() o
            left join kernel.memberships m on m.organization_id = i.organization_id and m.id = i.invited_by
            where i.organization_id = \(organization)::uuid and i.id = \(id)::uuid
            and i.accepted_at is null and i.revoked_at is null and i.deleted_at is null
            """)
        guard rows.count == 1, let email = rows[0, 0] else { return nil }
        let token = LinkToken.invitation(payload.token, of: organization, in: context)
        return Letter(
            to: email, name: nil, path: "/invitation?token=\(token)",
            parameters: ["inviter": rows[0, 1] ?? "", "organization": rows[0, 2] ?? ""])
    }

    /// The letter in the payload's language. Sent twice it has the same id.
    func message(_ payload: Values<SendMail.Payload>, in context: Context) throws -> MailMessage {
        let link = context.runtime.configuration.publicURL + path
        let language = Language(rawValue: payload.language) ?? .english
        var places = parameters.mapValues(Self.line)
        places["link"] = link
        let key = "mail.\(payload.template.rawValue)"
        let messages = context.runtime.registry.messages
        let text = messages.text("\(key).text", places, in: language)
        return try MailMessage(
            id: payload.token, date: context.now, from: Self.sender(context.runtime.configuration.mailFrom),
            to: [MailAddress(to, name: name.map(Self.line))],
            subject: messages.text("\(key).subject", places, in: language), text: text,
            html: Self.html(text, link: link), headers: [(name: "Auto-Submitted", value: "auto-generated")])
    }

    /// `Name <address>`, or an address alone.
    private static func sender(_ text: String) throws -> MailAddress {
        guard let open = text.lastIndex(of: "<"), text.hasSuffix(">") else { return try MailAddress(text) }
        let address = text[text.index(after: open)...].dropLast()
        let name = text[..<open].split(separator: " ").joined(separator: " ")
        return try MailAddress(String(address), name: name)
    }

    /// People choose their names: none may begin a header, or a link in a letter of ours.
    private static func line(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }))
            .replacing("://", with: " ").replacing("www.", with: "www ").replacing("{", with: "(")
    }

    private static func html(_ text: String, link: String) -> String {
        let paragraphs = text.split(separator: "\n\n").map { part -> String in
            let escaped = part.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
                ">", with: "&gt;")
            let linked = escaped.replacing(
                link, with: "<a href=\"\(link)\" style=\"color:#390035\">\(link)</a>")
            return "<p>\(linked.replacing("\n", with: "<br>"))</p>"
        }
        return """
            <!doctype html><html><body style="font:16px/1.5 sans-serif;color:#222;max-width:36em">
            \(paragraphs.joined(separator: "\n"))
            </body></html>
            """
    }
}
