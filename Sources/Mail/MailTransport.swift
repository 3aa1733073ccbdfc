/// How messages leave: every call blocks and must not run on an event loop.
public enum MailTransport: Sendable {
    /// By SMTP.
    case smtp(SMTPServer)
    /// As a file `<id>.eml` in a folder, for development and tests; the folder is made if its parent exists.
    case folder(path: String)

    /// Hands `message` over. With several recipients a refused one refuses the whole message.
    public func send(_ message: MailMessage) throws(MailError) {
        switch self {
        case .smtp(let server): try SMTPDelivery(server: server).send(message)
        case .folder(let path): try Outbox(path: path).put(message)
        }
    }
}
