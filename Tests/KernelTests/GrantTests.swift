import Testing
import Wire

@testable import Kernel

struct GrantTests {
    private let entity = EntityDefinition(Member.self, plugin: "kernel")

    @Test func `a secret field is seen by nobody, an administrator included`() {
        var field = FieldDefinition("pin", .text(maximum: 20))
        let grant = Grant(scopes: ["users.read": .all, "users.write": .all], isAdmin: true)
        #expect(grant.sees(field, of: entity))
        #expect(grant.writes(field, of: entity))
        field.isSecret = true
        #expect(!grant.sees(field, of: entity))
        #expect(!grant.writes(field, of: entity))
    }

    @Test func `a field for the holders of a permission is seen by them alone`() {
        var field = FieldDefinition("margin", .percent)
        field.visibleTo = "sales.margins"
        #expect(!Grant(scopes: ["users.read": .all]).sees(field, of: entity))
        #expect(!Grant(scopes: ["sales.margins": .none]).sees(field, of: entity))
        #expect(Grant(scopes: ["sales.margins": .own]).sees(field, of: entity))
        #expect(
            !Grant(scopes: ["sales.margins": .own], hidden: ["kernel.member.margin"]).sees(field, of: entity))
    }
}
