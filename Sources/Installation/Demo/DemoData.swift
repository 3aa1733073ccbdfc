internal import Kernel
internal import Sales
internal import Wire

/// The demo's products, accounts and pipeline, imported as its admin would import them.
struct DemoData: Sendable {
    let folder: String
    let process: PlatformProcess
    let organization: UUIDv7
    let admin: UUIDv7

    /// Imports file after file; `tell` hears what each one came to.
    func load(_ tell: (String) -> Void) async throws {
        let working = try await Context.command("demo", runtime: process.runtime).working(in: organization)
        guard let context = try await working.acting(asMember: admin) else {
            throw CommandFault("the demo has no admin")
        }
        try await DemoLoad(folder: folder, context: context, agentsAreMembers: true).run(tell)
    }
}
