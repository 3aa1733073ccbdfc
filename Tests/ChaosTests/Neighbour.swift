import Glibc
import TestKit

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

    /// Starts a program as the account that databases run as, where this is root; the folder becomes its own.
    func start(_ words: [String]) throws -> Program {
        var prefix: [String] = []
        if geteuid() == 0 {
            _ = try Program.output(of: ["/bin/chown", "-R", "postgres:", folder])
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
            if LoopbackSocket.isFree(port: port) { return port }
        }
        throw ProgramFault.notStarted
    }

    /// Whether somebody listens on a port.
    static func listens(on port: Int) -> Bool {
        (try? APIClient(port: port).send("GET", "/")) != nil
    }
}
