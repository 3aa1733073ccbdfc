import Glibc
import Mail
import TestKit
import Testing
import Wire

@Suite struct OutboxTests {
    private func message() throws -> MailMessage {
        try MailMessage(
            from: MailAddress("ada@example.com"), to: [MailAddress("bruno@example.org")], subject: "Hello",
            text: "Text")
    }

    private func files(in path: String) throws -> [String] {
        let directory = try #require(opendir(path))
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    @Test func `each message is one file with its exact bytes and nothing else is left`() throws {
        let path = try TestFolder.make() + "/new"
        let messages = [try message(), try message()]
        for message in messages { try MailTransport.folder(path: path).send(message) }
        #expect(try files(in: path) == messages.map { "\($0.id).eml" }.sorted())
        #expect(TestFolder.bytes("\(path)/\(messages[0].id).eml") == messages[0].encoded())
    }

    @Test func `the same message sent twice is one file`() throws {
        let path = try TestFolder.make()
        let message = try message()
        for _ in 1...2 { try MailTransport.folder(path: path).send(message) }
        #expect(try files(in: path) == ["\(message.id).eml"])
    }

    @Test func `a folder whose parent is missing fails with its errno`() throws {
        let path = try TestFolder.make() + "/missing/outbox"
        #expect(throws: MailError.outboxFailed(errno: ENOENT)) {
            try MailTransport.folder(path: path).send(message())
        }
    }

    @Test func `a server's password never shows`() {
        let server = SMTPServer(url: "smtps://mail.example", user: "crm", password: "hunter2")
        var dumped = ""
        dump(MailTransport.smtp(server), to: &dumped)
        for text in ["\(server)", String(reflecting: server), "\(MailTransport.smtp(server))", dumped] {
            #expect(!text.contains("hunter2"))
        }
        #expect(server.isEncrypted)
    }
}
