import Mail
import Testing
import Wire

@Suite struct MailMessageTests {
    private func message(
        to: [String] = ["bruno@example.org"], subject: String = "Subject", text: String = "Text",
        html: String? = nil,
        headers: [(name: String, value: String)] = []
    ) throws -> MailMessage {
        var recipients: [MailAddress] = []
        for address in to { recipients.append(try MailAddress(address)) }
        return try MailMessage(
            id: .zero, date: Instant(milliseconds: 0), from: MailAddress("ada@example.com", name: "Ada"),
            to: recipients, subject: subject, text: text, html: html, headers: headers)
    }

    private func lines(_ message: MailMessage) -> [String] {
        String(decoding: message.encoded(), as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false
        )
        .map(String.init)
    }

    @Test func `a plain message has exactly these lines`() throws {
        let expected = [
            "Date: Thu, 1 Jan 1970 00:00:00 +0000", "From: \"Ada\" <ada@example.com>",
            "To: bruno@example.org,",
            " carla@example.org", "Subject: Hello",
            "Message-ID: <00000000-0000-0000-0000-000000000000@example.com>",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable", "", "caff=C3=A8 =3D 1=20", "end", "",
        ]
        let message = try message(
            to: ["bruno@example.org", "carla@example.org"], subject: "Hello", text: "caffè = 1 \nend")
        #expect(lines(message) == expected)
    }

    @Test(arguments: ["a\r\nBcc: eve@example.com", "a\nb", "a\rb", "a\u{0}b", "a\u{7F}", "a\tb"])
    func `a line break or control in any header is refused`(value: String) {
        #expect(throws: MailError.badHeader) { try message(subject: value) }
        #expect(throws: MailError.badHeader) { try message(headers: [("X-Note", value)]) }
        #expect(throws: MailError.badHeader) { try message(headers: [(value, "x")]) }
        #expect(throws: MailError.badHeader) { try MailAddress("ada@example.com", name: value) }
        #expect(throws: MailError.badAddress) { try MailAddress("ada\(value)@example.com") }
    }

    @Test(arguments: [
        "", "X Note", "X:Note", "Xé", "From", "to", "BCC", "Content-Type", "content-disposition", "Date",
    ])
    func `a header that is not the caller's to set is refused`(name: String) {
        #expect(throws: MailError.badHeader) { try message(headers: [(name, "x")]) }
    }

    @Test(arguments: [
        "", "ada", "@example.com", "ada@", "a@b@c", "a b@example.com", "ada@exa mple.com", "ada@-example.com",
        "ada@example..com", ".ada@example.com", "ada.@example.com", "<ada@example.com>", "ada@example.com>",
        "\"ada\"@example.com", "àda@example.com", "ada@exàmple.com", "ada@[127.0.0.1]", "a,b@example.com",
        String(repeating: "a", count: 65) + "@example.com", "a@" + String(repeating: "a", count: 64) + ".com",
    ])
    func `what is no address is refused`(address: String) {
        #expect(throws: MailError.badAddress) { try MailAddress(address) }
    }

    @Test(arguments: ["a@b", "first.last+tag@sub.example.co.uk", "o'hara_1@example.museum", "x@1-2.it"])
    func `an odd but valid address is taken`(address: String) throws {
        #expect(try MailAddress(address).address == address)
    }

    @Test func `a message to nobody is refused`() {
        #expect(throws: MailError.noRecipient) { try message(to: []) }
    }

    @Test func `no line is longer than 76 bytes and every byte is ASCII`() throws {
        let word = "parola è 🐎 "
        let message = try message(
            subject: String(repeating: word, count: 30), text: String(repeating: word, count: 200),
            html: String(repeating: "<b>x</b>", count: 300),
            headers: [("X-A-Rather-Long-Name-For-A-Header", String(repeating: "però ", count: 40))])
        #expect(message.encoded().allSatisfy { $0 < 0x80 })
        let long = lines(message).filter { $0.utf8.count > 76 && !$0.hasPrefix("Content-Type") }
        #expect(long.isEmpty)
    }

    @Test func `a long subject of ASCII is folded and unfolds to itself`() throws {
        let subject = (1...40).map { "word\($0)" }.joined(separator: "  ")
        let text = String(decoding: try message(subject: subject).encoded(), as: UTF8.self)
        #expect(text.contains("\r\n  word"))
        #expect(text.replacing("\r\n ", with: " ").contains("Subject: \(subject)\r\n"))
    }

    @Test func `a subject that looks encoded is encoded, so that it stays what it is`() throws {
        let subject = try #require(
            lines(message(subject: "=?UTF-8?B?aGk=?=")).first { $0.hasPrefix("Subject: ") })
        #expect(subject == "Subject: =?UTF-8?B?\(Base64.encode(Array("=?UTF-8?B?aGk=?=".utf8)))?=")
    }

    @Test func `every kind of line ending becomes CR LF`() throws {
        let body = lines(try message(text: "a\nb\r\nc\rd\n\n")).drop { !$0.isEmpty }
        #expect(Array(body) == ["", "a", "b", "c", "d", "", ""])
    }
}
