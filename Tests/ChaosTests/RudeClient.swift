import Glibc
import TestKit

/// Sends a request and is gone: before its end, behind it, or while it is answered.
enum RudeClient {
    static func visit(_ port: Int, _ tenant: Stage.Tenant, _ round: Int) throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(UInt16(port)).bigEndian
        name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw APIClientError.connection(errno) }
        let bytes = Array(request(tenant, round).utf8)
        let sent = round % 4 == 0 ? bytes.count / 2 : bytes.count
        _ = send(socket, bytes, sent, Int32(MSG_NOSIGNAL))
        if round % 4 == 1 {
            var byte: UInt8 = 0
            _ = recv(socket, &byte, 1, 0)
        }
        guard round % 2 == 0 else { return }
        // A reset instead of an orderly end.
        var reset = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
    }

    private static func request(_ tenant: Stage.Tenant, _ round: Int) -> String {
        let head = "Host: localhost\r\nAuthorization: Bearer \(tenant.token)\r\n"
        switch round % 3 {
        case 0: return "GET /api/v1/accounts?limit=200&count=exact HTTP/1.1\r\n\(head)\r\n"
        case 1: return "GET /api/v1/accounts/aggregate?group_by=kind HTTP/1.1\r\n\(head)\r\n"
        default:
            let body = "{\"name\":\"Rude \(round)\"}"
            let kind = "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
            return "POST /api/v1/accounts HTTP/1.1\r\n\(head)\(kind)\r\n\(body)"
        }
    }
}
