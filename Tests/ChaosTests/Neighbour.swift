import Glibc
import TestKit
import Testing

/// A server of another make, run from a folder of its own and without privileges.
struct Neighbour {
    let folder: String

    init() throws { folder = try TestFolder.make() }

    /// Writes a file into the folder, and gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        let path = "\(folder)/\(name)"
        try TestFolder.write(text, to: path)
        return path
    }

    /// Runs a program to its end, which must be a success.
    static func run(_ words: [String]) throws -> String {
        let ended = try Program(words, environment: ["PATH": "/usr/bin:/bin"]).end()
        try #require(ended.status == 0, "\(words): \(ended.output)")
        return ended.output
    }

    /// Starts a program as the account that databases run as, where this is root; the folder becomes its own.
    func start(_ words: [String]) throws -> Program {
        var prefix: [String] = []
        if geteuid() == 0 {
            _ = try Self.run(["/bin/chown", "-R", "postgres:", folder])
            prefix = ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        }
        return try Program(
            prefix + words, environment: ["PATH": "/usr/sbin:/usr/bin:/bin"], log: "\(folder)/log")
    }

    /// A port that nobody uses, below those that the system gives to clients: it stays free between two
    /// servers.
    static func freePort() throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000..<32_000)
            if isFree(port) { return port }
        }
        throw ProgramFault.notStarted
    }

    private static func isFree(_ port: Int) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = in_port_t(UInt16(port)).bigEndian
        name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// Whether somebody listens on a port.
    static func listens(on port: Int) -> Bool {
        (try? APIClient(port: port).send("GET", "/")) != nil
    }
}
