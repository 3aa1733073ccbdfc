import Mail
import Testing
import Wire

@Suite(.serialized, .enabled(if: MailServer.isInstalled, "python3 with aiosmtpd is not installed"))
struct SMTPTests {
    private let server: MailServer
    private let ada: MailAddress
    private let bruno: MailAddress

    init() throws {
        server = try MailServer()
        ada = try MailAddress("ada@example.com", name: "Ada \"Countess\" Lovelace")
        bruno = try MailAddress("bruno@example.org", name: "Bruno Però")
    }

    private var plain: MailTransport {
        .smtp(SMTPServer(url: "smtp://127.0.0.1:\(server.port)/crm.example", isEncrypted: false))
    }

    private func encrypted(user: String? = nil, password: String? = nil, authority: String?) -> MailTransport
    {
        .smtp(
            SMTPServer(
                url: "smtp://127.0.0.1:\(server.port)/crm.example", user: user, password: password,
                authority: authority))
    }

    @Test func `a message arrives as it was written`() throws {
        let text =
            "Buongiorno è 🐎 = 100%\n.\n..two dots\nFrom here\ntrailing  \n\ttab\t\n"
            + String(repeating: "long ", count: 60)
        let html = "<p style=\"a=b\">Perché \(String(repeating: "x", count: 2000))</p>"
        let message = try MailMessage(
            id: #require(UUIDv7("0193a5c2-8f00-7abc-8def-0123456789ab")),
            date: #require(Instant("2026-11-21T09:30:05Z")), from: ada, to: [bruno, ada],
            subject: "Promemoria: la visita di lunedì è confermata 🐎, con un oggetto che non finisce più",
            text: text, html: html,
            headers: [("Reply-To", "support@example.com"), ("X-Office", "Forlì")])
        try plain.send(message)
        let arrived = try server.next()
        #expect(arrived["from"] == "ada@example.com")
        #expect(arrived["to"] == ["bruno@example.org", "ada@example.com"])
        #expect(arrived["names"] == ["Bruno Però", "Ada \"Countess\" Lovelace"])
        #expect(arrived["type"] == "multipart/alternative")
        #expect(arrived["text"]?.stringValue == text.replacing("\n", with: "\r\n"))
        #expect(arrived["html"]?.stringValue == html)
        #expect(arrived["defects"] == [])
        let headers = try #require(arrived["headers"])
        #expect(headers["Subject"]?.stringValue == message.subject)
        #expect(headers["Date"] == "Sat, 21 Nov 2026 09:30:05 +0000")
        #expect(headers["Message-ID"] == "<0193a5c2-8f00-7abc-8def-0123456789ab@example.com>")
        #expect(headers["Reply-To"] == "support@example.com")
        #expect(headers["X-Office"] == "Forlì")
    }

    @Test func `a message of half a megabyte arrives whole`() throws {
        let text = (0..<8000).map {
            "\($0) .è e la riga che segue, lunga quanto basta per piegarsi una volta sola"
        }
        .joined(separator: "\n")
        try plain.send(MailMessage(from: ada, to: [bruno], subject: "Long", text: text))
        #expect(try server.next()["text"]?.stringValue == "\(text)\n".replacing("\n", with: "\r\n"))
    }

    @Test func `an unknown recipient is refused for good and a busy server defers`() throws {
        for (address, error) in [
            ("unknown@example.com", MailError.refused(status: 550)),
            ("later@example.com", .deferred(status: 451)),
        ] {
            let message = try MailMessage(from: ada, to: [MailAddress(address)], subject: "", text: "")
            #expect(throws: error) { try plain.send(message) }
        }
        #expect(MailError.refused(status: 550).isPermanent && !MailError.deferred(status: 451).isPermanent)
    }

    @Test func `with a login the connection is encrypted and the server knows the user`() throws {
        let message = try MailMessage(from: ada, to: [bruno], subject: "TLS", text: "x")
        try encrypted(user: "crm", password: "pa ss", authority: server.authority).send(message)
        let arrived = try server.next()
        #expect(arrived["tls"] == true)
        #expect(arrived["user"] == "crm")
    }

    @Test func `a wrong password is denied`() throws {
        let message = try MailMessage(from: ada, to: [bruno], subject: "", text: "")
        #expect(throws: MailError.loginDenied) {
            try encrypted(user: "crm", password: "wrong", authority: server.authority).send(message)
        }
    }

    @Test func `a server with an unknown certificate gets nothing`() throws {
        let message = try MailMessage(from: ada, to: [bruno], subject: "", text: "")
        #expect(throws: MailError.notEncrypted) { try encrypted(authority: nil).send(message) }
    }

    @Test func `a server that is not there is unreachable`() throws {
        let message = try MailMessage(from: ada, to: [bruno], subject: "", text: "")
        let nobody = MailTransport.smtp(SMTPServer(url: "smtp://127.0.0.1:1", isEncrypted: false))
        #expect(throws: MailError.unreachable(code: 7)) { try nobody.send(message) }
    }

    @Test func `another protocol than SMTP is not spoken`() throws {
        let message = try MailMessage(from: ada, to: [bruno], subject: "", text: "")
        let file = MailTransport.smtp(SMTPServer(url: "file:///etc/hostname", isEncrypted: false))
        #expect(throws: MailError.unreachable(code: 1)) { try file.send(message) }
    }
}
