public import Wire

/// One message, ready to be written as RFC 5322.
public struct MailMessage: Sendable {
    /// Names the message: its Message-ID and its file in an outbox. Sending one again keeps it.
    public let id: UUIDv7
    /// When it was written.
    public let date: Instant
    /// The sender, also of the envelope.
    public let from: MailAddress
    /// The recipients, also of the envelope.
    public let to: [MailAddress]
    /// One line in any language.
    public let subject: String
    /// The body for every reader; any line endings.
    public let text: String
    /// The same as HTML, if there is such a form.
    public let html: String?
    /// Further headers, such as `Reply-To` or `List-Unsubscribe`.
    public let headers: [(name: String, value: String)]

    /// Checks the message.
    ///
    /// Throws `noRecipient` for an empty list and `badHeader` for controls (so for any line break) in the
    /// subject or a header, for a header without a proper name, or for one that the message itself writes.
    public init(
        id: UUIDv7 = .make(), date: Instant = .now(), from: MailAddress, to: [MailAddress], subject: String,
        text: String, html: String? = nil, headers: [(name: String, value: String)] = []
    ) throws(MailError) {
        guard !to.isEmpty else { throw .noRecipient }
        guard MailHeader.isOneLine(subject) else { throw .badHeader }
        for header in headers {
            guard MailHeader.isFree(header.name), MailHeader.isOneLine(header.value),
                MailHeader.isFoldable(header.value)
            else { throw .badHeader }
        }
        self.id = id
        self.date = date
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.html = html
        self.headers = headers
    }

    /// The message with its headers, all ASCII, lines of at most 998 bytes ended by CR LF.
    public func encoded() -> [UInt8] {
        var writer = MailWriter()
        writer.header("Date", date.mailDate)
        writer.header("From", [from])
        writer.header("To", to)
        writer.subject(subject)
        writer.header("Message-ID", "<\(id)@\(from.domain)>")
        writer.header("MIME-Version", "1.0")
        for header in headers { writer.header(header.name, header.value) }
        guard let html else {
            writer.part("text/plain", text)
            return writer.bytes
        }
        // An equals sign before an underscore never comes out of quoted-printable, so no body has the
        // boundary.
        let boundary = "=_\(id)"
        writer.header("Content-Type", "multipart/alternative; boundary=\"\(boundary)\"")
        writer.line("")
        for (type, body) in [("text/plain", text), ("text/html", html)] {
            writer.line("--\(boundary)")
            writer.part(type, body)
        }
        writer.line("--\(boundary)--")
        return writer.bytes
    }
}
