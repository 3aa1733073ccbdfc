internal import CLinux
internal import Glibc
internal import Kernel
internal import Tenancy
internal import Wire

/// The demo organization: a public CRM dataset, brought in by the product's own importer.
enum Demo {
    static let slug = "demo-crm"

    /// Loads the demo organization unless it is there, and says how to log in.
    static func load(in process: PlatformProcess) throws -> String {
        let folder = try DemoFiles.folder()
        let hasAll = try process.wait { process in try await isLoaded(in: process) }
        let people = DemoPeople(folder: folder, process: process)
        if !hasAll {
            Terminal.say("Loading the demo organization…")
            let start = process.runtime.clock.now()
            try process.wait { process in try await fill(with: people, from: folder, in: process) }
            let seconds = (process.runtime.clock.now().milliseconds - start.milliseconds + 500) / 1000
            Terminal.say("The demo organization was loaded in \(seconds) s.")
        }
        try DemoFiles.write(people.allLogins, to: "\(process.settings.directory)/demo-logins.txt")
        return people.logins(at: process.settings.publicURL)
    }

    private static func fill(with people: DemoPeople, from folder: String, in process: PlatformProcess)
        async throws
    {
        let made = try await people.make()
        let data = DemoData(
            folder: folder, process: process, organization: made.organization, admin: made.admin)
        try await data.load { Terminal.say($0) }
        let enrolment = Enrolment(Context.command("demo", runtime: process.runtime))
        try await enrolment.set(marker, to: true, of: made.organization)
    }

    /// Written when all is in, so that a load that was broken off is taken up again.
    private static let marker = "demo.loaded"

    private static func isLoaded(in process: PlatformProcess) async throws -> Bool {
        let enrolment = Enrolment(Context.command("demo", runtime: process.runtime))
        guard let organization = try await enrolment.organization(slug: slug) else { return false }
        return try await enrolment.setting(marker, of: organization) == true
    }
}

/// Files of the demo.
enum DemoFiles {
    /// `PLATFORM_DEMO_DATA`, else the folder beside the migrations.
    static func folder() throws -> String {
        if let path = getenv("PLATFORM_DEMO_DATA") { return String(cString: path) }
        let folder = "\(try InstalledMigrations.path())/../data/crm-sales-opportunities"
        guard access("\(folder)/sales_pipeline.csv", R_OK) == 0 else {
            throw CommandFault("the demo's data was not found; set PLATFORM_DEMO_DATA to its folder")
        }
        return folder
    }

    /// A file's text, nil when it can't be read.
    static func text(_ path: String) -> String? {
        let file = linux_open_read(path)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &chunk, chunk.count)
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// Writes a file that only this account may read.
    static func write(_ text: String, to path: String) throws {
        let file = linux_open_create(path, 0o600)
        guard file >= 0 else { throw CommandFault("can't write \(path)") }
        defer { close(file) }
        let bytes = Array(text.utf8)
        let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        guard count == bytes.count else { throw CommandFault("can't write \(path)") }
    }
}
