import TestKit
import Wire

/// A real SMTP server, aiosmtpd under Python, whose own parser of messages tells what arrived. Ends with its
/// input.
final class MailServer {
    /// Whether Python and aiosmtpd are here.
    static let isInstalled: Bool = {
        guard let process = try? ServerProcess([Program.python, "-c", "import aiosmtpd"]) else {
            return false
        }
        return process.end() == 0
    }()

    private let process: ServerProcess
    let port: Int64
    /// The certificate to trust, in a file.
    let authority: String

    init() throws {
        process = try ServerProcess([Program.python, "-c", MailServer.script])
        guard let hello = process.line(), case let value = try JSON.parse(hello),
            let port = value["port"]?.integerValue, let authority = value["authority"]?.stringValue
        else { throw ServerProcess.Failure() }
        self.port = port
        self.authority = authority
    }

    deinit {
        _ = process.end()
    }

    /// What arrived next.
    func next() throws -> JSON {
        guard let line = process.line() else { throw ServerProcess.Failure() }
        return try JSON.parse(line)
    }

    private static let script = #"""
        import asyncio, email, email.policy, json, logging, os, ssl, subprocess, sys, tempfile, warnings
        from aiosmtpd.smtp import SMTP, AuthResult

        logging.disable()
        warnings.simplefilter("ignore")

        def say(value):
            print(json.dumps(value), flush=True)

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("unknown"):
                    return "550 no such person"
                if address.startswith("later"):
                    return "451 come back"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                html = message.get_body(("html",))
                # In a thread: nobody reads a long line before the sender has its answer.
                asyncio.get_running_loop().run_in_executor(None, say, {
                    "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
                    "user": session.auth_data,
                    "headers": {name: str(value) for name, value in message.items()},
                    "names": [address.display_name for address in message["To"].addresses],
                    "type": message.get_content_type(),
                    "text": message.get_body(("plain",)).get_content(),
                    "html": html.get_content() if html else None,
                    "defects": [str(defect) for part in message.walk() for defect in part.defects],
                })
                return "250 OK"

        def check(server, session, envelope, mechanism, data):
            good = data.login == b"crm" and data.password == b"pa ss"
            return AuthResult(success=good, auth_data=data.login.decode(), handled=False)

        async def main(folder):
            certificate, key = folder + "/certificate.pem", folder + "/key.pem"
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                 "-days", "2", "-subj", "/CN=mail", "-addext", "subjectAltName=IP:127.0.0.1",
                 "-keyout", key, "-out", certificate],
                check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(certificate, key)
            loop = asyncio.get_running_loop()
            server = await loop.create_server(
                lambda: SMTP(Handler(), hostname="mail.example", tls_context=context, authenticator=check),
                "127.0.0.1", 0)
            say({"port": server.sockets[0].getsockname()[1], "authority": certificate})
            await loop.run_in_executor(None, sys.stdin.read)
            server.close()

        with tempfile.TemporaryDirectory() as folder:
            try:
                asyncio.run(main(folder))
            except BaseException:
                os._exit(1)
        """#
}
