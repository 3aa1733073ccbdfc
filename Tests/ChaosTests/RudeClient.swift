import Glibc
import TestKit

/// Sends a request and is gone: before its end, behind it, or while it is answered.
enum RudeClient {
    static func visit(_ port: Int, _ tenant: Stage.Tenant, _ round: Int) throws {
        let socket = try LoopbackSocket(port: port)
        let bytes = Array(request(tenant, round).utf8)
        socket.send(Array(bytes.prefix(round % 4 == 0 ? bytes.count / 2 : bytes.count)))
        if round % 4 == 1 {
            var byte: UInt8 = 0
            _ = recv(socket.descriptor, &byte, 1, 0)
        }
        guard round % 2 == 0 else { return }
        // A reset instead of an orderly end.
        var reset = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            socket.descriptor, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
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
