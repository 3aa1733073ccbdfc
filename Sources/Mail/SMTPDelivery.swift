internal import CCurl

/// One message to one server by libcurl, over a connection of its own.
struct SMTPDelivery {
    /// The library's global state, made once and never given back.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    let server: SMTPServer

    func send(_ message: MailMessage) throws(MailError) {
        guard SMTPDelivery.isReady, let handle = curl_easy_init() else { throw .unreachable(code: 2) }
        defer { curl_easy_cleanup(handle) }
        configure(handle)
        var recipients: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(recipients) }
        for recipient in message.to { recipients = curl_slist_append(recipients, "<\(recipient.address)>") }
        curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(message.from.address)>")
        curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients)
        let code = perform(handle, sending: message.encoded())
        guard code != CURLE_OK else { return }
        throw error(for: code, status: curl_response_code(handle))
    }

    private func configure(_ handle: UnsafeMutableRawPointer) {
        curl_set_text(handle, CURLOPT_URL, server.url)
        curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, 10)
        curl_set_number(handle, CURLOPT_TIMEOUT, 60)
        curl_set_number(handle, CURLOPT_UPLOAD, 1)
        if server.isEncrypted {
            curl_set_number(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
            curl_set_number(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        }
        if let authority = server.authority { curl_set_text(handle, CURLOPT_CAINFO, authority) }
        if let user = server.user {
            curl_set_text(handle, CURLOPT_USERNAME, user)
            curl_set_text(handle, CURLOPT_PASSWORD, server.password ?? "")
        }
    }

    /// The bytes must outlive the transfer, and so the transfer stands inside their borrowing.
    private func perform(_ handle: UnsafeMutableRawPointer, sending bytes: [UInt8]) -> CURLcode {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            return withUnsafeMutablePointer(to: &rest) { rest in
                curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(bytes.count))
                curl_set_pointer(handle, CURLOPT_READDATA, rest)
                curl_set_reader(handle) { target, size, count, source in
                    guard let target, let source else { return 0 }
                    let rest = source.assumingMemoryBound(to: Slice<UnsafeRawBufferPointer>.self)
                    let chunk = rest.pointee.prefix(size * count)
                    UnsafeMutableRawBufferPointer(start: target, count: chunk.count).copyBytes(from: chunk)
                    rest.pointee = rest.pointee.dropFirst(chunk.count)
                    return chunk.count
                }
                return curl_easy_perform(handle)
            }
        }
    }

    private func error(for code: CURLcode, status: Int) -> MailError {
        switch code {
        case CURLE_LOGIN_DENIED: return .loginDenied
        case CURLE_USE_SSL_FAILED, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR,
            CURLE_SSL_CACERT_BADFILE:
            return .notEncrypted
        default: break
        }
        switch status {
        case 500...599: return .refused(status: status)
        case 400...499: return .deferred(status: status)
        default: return .unreachable(code: Int(code.rawValue))
        }
    }
}
