import Kernel
import Testing
import Wire

/// The registry names every fault at once, so that a plugin's author mends them in one go.
@Suite struct RegistryFaultTests {
    @Test func `every fault is told together`() {
        do {
            _ = try Registry([BrokenPlugin(), BrokenPlugin()])
            Issue.record("A broken plugin was taken.")
        } catch {
            let expected = [
                "plugin broken: declared twice",
                "plugin broken: requires absent, which is not listed before it",
                "entity broken.thing: declared twice", "path /things: declared twice",
                "broken.thing.limit: a reserved name", "broken.thing.name: declared twice",
                "broken.thing.secret: searchable, so every reader must see it",
                "broken.thing.is_late: the alias n is the kernel's",
                "broken.thing.phone: further contents of absent.maker, which is not compiled in",
                "broken.thing.again: broken.thing keeps no again by maker_id",
                "broken.thing.maker_id: refers to absent.maker, which is not compiled in",
                "broken.thing: its owner field owner_id is not declared", "broken.thing: unknown state lost",
                "route clashes: GET /things/{id}", "operation Clash: declared twice",
                "Clash: unknown permission broken.nothing", "Clash: the path's {id} is no field of its input",
                "role viewer: unknown permission broken.elsewhere",
                "message entity.broken.thing.many: twice in en",
                "message entity.broken.thing.one: missing in en",
                "message entity.broken.thing.one: missing in it",
                "message permission.broken.thing.read: missing in it",
                "message plugin.broken: missing in en", "job broken.job: declared twice",
            ]
            for fault in expected { #expect(error.faults.contains(fault), "\(fault)") }
            #expect(error.description.split(separator: "\n").count == error.faults.count)
        }
    }

    @Test func `a plugin without faults is taken`() throws {
        #expect(throws: Never.self) { try Registry([KernelPlugin()]) }
    }
}

private struct AbsentPlugin: Plugin {
    static let manifest = Manifest(id: "absent", version: 1)
    init() {}
    var body: [any Contribution] { Entities(Maker.self) }
}

private struct Maker: Entity {
    static let name = "absent.maker"
    static let path = "makers"
    let name = Field.text("name")
    init() {}
}

private struct BrokenPlugin: Plugin {
    static let manifest = Manifest(
        id: "broken", version: 1, requires: [AbsentPlugin.self],
        messages: ["Thing", "Other thing"].map { name in
            MessageCatalog(.english, json: Array(#"{"entity.broken.thing.many": "\#(name)"}"#.utf8))
        })
    init() {}
    var body: [any Contribution] {
        Entities(Thing.self)
        Actions(Clash.self)
        Jobs(BrokenJob.self)
        Suggests(.allow("broken.elsewhere", .all, .viewer))
    }
}

private struct Thing: Entity {
    static let name = "broken.thing"
    static let path = "things"
    static let ownership = Ownership.owner(field: "owner_id")
    static let stateMachine: StateMachine? = StateMachine(["open": ["lost"]])

    let name = Field.text("name")
    let again = Field.text("name")
    let limit = Field.integer("limit")
    let secret = Field.text("secret").searchable().visible(to: "broken.thing.read")
    let maker = Field.reference("maker_id", to: Maker.self).optional
    let isLate = Field.boolean("is_late").computed(
        "n.at < now()", from: Lookup("broken.things", "n", where: "n.id = t.id")
    ).optional
    let phone = Field.phone("phone").further(in: Maker.self, by: "name").optional
    let further = Field.text("again").further(in: Thing.self, by: "maker_id")
    let status = Field.choice("status", default: Status.open)

    enum Status: String, Choice { case open, closed }
    init() {}
}

private struct Clash: Action {
    typealias Input = NoInput
    static let route = Route.get("/things/{id}")
    static let access = RouteAccess.permission("broken.nothing")
    static func run(_ input: Values<NoInput>, in context: Context) async throws(Problem) -> Answer {
        .noContent
    }
}

private struct BrokenJob: Job {
    typealias Payload = NoInput
    static let kind = "broken.job"
    static func run(_ payload: Values<NoInput>, in job: JobContext) async throws(Problem) -> JobOutcome {
        .finished
    }
}
