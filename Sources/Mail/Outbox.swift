internal import CLinux
internal import Glibc

/// A folder of messages: each file appears whole or not at all.
struct Outbox {
    let path: String

    func put(_ message: MailMessage) throws(MailError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .outboxFailed(errno: errno) }
        let draft = "\(path)/.\(message.id).tmp"
        try write(message.encoded(), to: draft)
        guard rename(draft, "\(path)/\(message.id).eml") == 0 else {
            let cause = errno
            unlink(draft)
            throw .outboxFailed(errno: cause)
        }
    }

    private func write(_ bytes: [UInt8], to file: String) throws(MailError) {
        let descriptor = linux_open_create(file, 0o600)
        guard descriptor >= 0 else { throw .outboxFailed(errno: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw .outboxFailed(errno: errno) }
            rest = rest.dropFirst(max(0, count))
        }
        guard fsync(descriptor) == 0 else { throw .outboxFailed(errno: errno) }
    }
}
