import Testing
import Wire

@testable import Kernel

@Suite struct MetaTests {
    private let registry: Registry

    init() throws { registry = try Registry([KernelPlugin(), LibraryPlugin()]) }

    @Test func `a caller sees the entities that the role may read`() throws {
        let meta = try meta(["library.book.read": .own])
        #expect(meta["entities"]?.arrayValue?.map { $0["name"] } == ["library.book"])
        #expect(meta["permissions"] == ["library.book.read": "own"])
        let sections = meta["navigation"]?.arrayValue ?? []
        #expect(sections.map { $0["id"] } == ["library"])
    }

    @Test func `fields that are hidden are left out, of views too`() throws {
        let meta = try meta(["library.book.read": .all], hidden: ["library.book.price"])
        let book = try #require(meta["entities"]?.arrayValue?.first)
        let keys = (book["fields"]?.arrayValue ?? []).compactMap { $0["key"]?.stringValue }
        #expect(!keys.contains("price"))
        #expect(!keys.contains("margin"))
        #expect(keys.contains("title"))
        #expect(book["views"]?.arrayValue?.first?["fields"] == ["title"])
    }

    @Test func `operations that change something need the right to write`() throws {
        let reader = try meta(["library.book.read": .all])
        let writer = try meta(["library.book.read": .all, "library.book.write": .own])
        #expect(operations(reader).isDisjoint(with: ["create", "update", "delete", "transition"]))
        #expect(operations(writer).isSuperset(of: ["create", "update", "delete", "transition"]))
    }

    @Test func `a plugin that is off is not there`() throws {
        let meta = try meta(["library.book.read": .all, "kernel.member.read": .all], plugins: ["kernel"])
        #expect(meta["entities"]?.arrayValue?.map { $0["name"] } == ["kernel.member"])
        #expect(meta["plugins"]?.arrayValue?.map { $0["id"] } == ["kernel"])
        #expect(meta["navigation"]?.arrayValue?.map { $0["id"] } == ["settings"])
    }

    @Test func `choices and standard fields have labels in the caller's language`() throws {
        let meta = try meta(["kernel.member.read": .all])
        let fields = meta["entities"]?.arrayValue?.first?["fields"]?.arrayValue ?? []
        let status = fields.first { $0["key"] == "status" }
        #expect(status?["choices"]?.arrayValue?.first == ["value": "active", "label": "Attivo"])
        #expect(fields.first { $0["key"] == "created_at" }?["label"] == "Creato il")
    }

    private func operations(_ meta: JSON) -> Set<String> {
        Set((meta["entities"]?.arrayValue?.first?["operations"]?.arrayValue ?? []).compactMap(\.stringValue))
    }

    private func meta(
        _ scopes: [String: ScopeLevel], hidden: Set<String> = [],
        plugins: Set<String> = ["kernel", "library"]
    ) throws -> JSON {
        let principal = Principal(
            kind: .user, user: .make(), session: nil, organization: .make(), name: "Ada Rossi",
            email: "ada.rossi@example.com", isVerified: true, grant: Grant(scopes: scopes, hidden: hidden),
            preferences: Preferences(), plugins: plugins)
        return try JSON.parse(
            MetaDocument(registry: registry, principal: principal, language: .italian).bytes)
    }
}
