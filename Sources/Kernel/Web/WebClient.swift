internal import CLinux
internal import Glibc
internal import HTTP
internal import Synchronization
internal import Wire

/// The web client as its build leaves it: two shells, assets with hashed names, a service worker, and a manifest
/// that tells which asset is which.
///
/// A class because it keeps the folder open. Another build is served without a restart: the manifest is looked
/// at with each request.
public final class WebClient: Sendable {
    private let directory: String
    private let origin: String
    /// What else than this origin pages may load from, ` https://cdn.example` or empty.
    let elsewhere: String
    private let policy: String
    private let build: Mutex<WebBuild>

    /// Opens a build. `assetsOrigin` is the origin of a delivery network that has the same assets.
    ///
    /// - Throws: `WebClientFault` for a folder without an index, or a word that is no origin.
    public init(directory: String, assetsOrigin: String? = nil) throws(WebClientFault) {
        if let origin = assetsOrigin, origin == "*" || !WebOrigin.isValid(origin) { throw .notAnOrigin }
        guard let build = WebBuild(directory) else { throw .noBuild(directory) }
        self.directory = directory
        origin = assetsOrigin ?? ""
        elsewhere = assetsOrigin.map { " \($0)" } ?? ""
        policy = Self.policy(elsewhere)
        self.build = Mutex(build)
    }

    /// Whether a folder holds a build.
    public static func isBuilt(_ directory: String) -> Bool { WebBuild(directory) != nil }

    /// The address of an asset by the name that it had before its build, such as `public.css`.
    func address(of name: String) -> String? {
        current().addresses[name].map { origin + $0 }
    }

    /// Answers a GET or HEAD of the client's; nil where nothing of it lies.
    func respond(to request: Request) -> Response? {
        let build = current()
        guard let place = Self.place(of: request.segments, in: build),
            var response = build.files.respond(to: request, at: place.file)
        else { return nil }
        response.headers.removeAll { $0.name == "Cache-Control" || $0.name == "X-Content-Type-Options" }
        response.headers += [
            (name: "Cache-Control", value: place.caching),
            // Not of the shells alone: workers obey the policy of their own script.
            (name: "Content-Security-Policy", value: policy),
        ]
        if place.file.first == "assets", !elsewhere.isEmpty {
            // The delivery network hands these on, and the shells load them from there.
            response.headers += [
                (name: "Access-Control-Allow-Origin", value: "*"),
                (name: "Cross-Origin-Resource-Policy", value: "cross-origin"),
            ]
        }
        return response
    }

    /// A file of the build and how long it may be kept.
    private struct Place {
        let file: [String]
        let caching: String

        static func asked(_ file: String...) -> Place { Place(file: file, caching: "no-cache") }
    }

    private static func place(of segments: [String], in build: WebBuild) -> Place? {
        switch segments.first {
        case "assets" where segments.count > 1:
            // A name holds the digest of what it names.
            return Place(file: segments, caching: "public, max-age=31536000, immutable")
        case "o" where segments.count > 1 && !segments[1].isEmpty: return .asked("index.html")
        case "vendor": return .asked("vendor.html")
        case "sw.js" where segments.count == 1: return .asked("sw.js")
        case "app.webmanifest" where segments.count == 1: return .asked("app.webmanifest")
        case "favicon.ico" where segments.count == 1:
            guard let path = build.addresses["icon.svg"] else { return nil }
            return Place(file: path.split(separator: "/").map(String.init), caching: "public, max-age=86400")
        default: return nil
        }
    }

    /// The build as it lies there now.
    private func current() -> WebBuild {
        build.withLock { known in
            guard let mark = WebBuild.mark(of: directory), mark != known.mark,
                let newer = WebBuild(directory)
            else { return known }
            known = newer
            return newer
        }
    }

    private static func policy(_ elsewhere: String) -> String {
        """
        default-src 'none'; script-src 'self'\(elsewhere); style-src 'self'\(elsewhere); \
        img-src 'self' data: blob:\(elsewhere); font-src 'self'\(elsewhere); \
        connect-src 'self'\(elsewhere); manifest-src 'self'; worker-src 'self'; form-action 'self'; \
        base-uri 'none'; frame-ancestors 'none'
        """
    }
}

/// Why there is no web client to serve.
public enum WebClientFault: Error, Sendable, Equatable {
    case noBuild(String)
    case notAnOrigin
}

/// One build of the web client.
private struct WebBuild: Sendable {
    let files: StaticFiles
    /// Paths of assets by the names that they had before.
    let addresses: [String: String]
    let mark: Mark?

    /// Changes with each build.
    struct Mark: Sendable, Equatable {
        let inode: UInt
        let seconds: Int
        let nanoseconds: Int
    }

    init?(_ directory: String) {
        guard access("\(directory)/index.html", R_OK) == 0, let files = try? StaticFiles(folder: directory)
        else { return nil }
        self.files = files
        mark = Self.mark(of: directory)
        let manifest = Self.text("\(directory)/manifest.json").flatMap { try? JSON.parse($0) }
        var addresses: [String: String] = [:]
        for (name, path) in manifest?.objectValue?.entries ?? [] {
            guard let path = path.stringValue, path.hasPrefix("/assets/") else { continue }
            addresses[name] = path
        }
        self.addresses = addresses
    }

    static func mark(of directory: String) -> Mark? {
        var status = stat()
        guard stat("\(directory)/manifest.json", &status) == 0 else { return nil }
        return Mark(
            inode: status.st_ino, seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }

    private static func text(_ path: String) -> [UInt8]? {
        let file = linux_open_read(path)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < 1_048_576 {
            let count = read(file, &chunk, chunk.count)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
        return nil
    }
}
