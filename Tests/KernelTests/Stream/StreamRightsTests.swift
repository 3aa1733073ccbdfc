import Postgres
import Testing
import Wire

@testable import Kernel

/// What a change is to whom, without a database.
@Suite struct StreamRightsTests {
    private static let (me, peer, other) = (UUIDv7.make(), UUIDv7.make(), UUIDv7.make())

    private func rights(_ level: ScopeLevel) -> StreamRights {
        StreamRights(organization: .zero, levels: [level], user: Self.me, team: [Self.me, Self.peer])
    }

    private func event(_ kind: StreamEvent.Kind, _ before: UUIDv7?, _ after: UUIDv7?) -> StreamEvent {
        StreamEvent(
            organization: .zero, entity: 0, kind: kind, record: .zero, version: 1, actor: nil,
            ownerBefore: before, ownerAfter: after,
            position: StreamPosition(xid: 1, position: 1, at: Instant(milliseconds: 0)))
    }

    @Test func `who reads all hears all, who reads nothing hears nothing`() {
        for kind in [StreamEvent.Kind.created, .updated, .deleted, .restored] {
            #expect(rights(.all).view(of: event(kind, nil, nil)) == kind)
            #expect(rights(.none).view(of: event(kind, Self.me, Self.me)) == nil)
        }
    }

    @Test func `an owner decides by what was before and what is after`() {
        let own = rights(.own)
        #expect(own.view(of: event(.created, nil, Self.me)) == .created)
        #expect(own.view(of: event(.created, nil, Self.peer)) == nil)
        #expect(own.view(of: event(.updated, Self.me, Self.me)) == .updated)
        #expect(own.view(of: event(.updated, Self.me, Self.peer)) == .deleted)
        #expect(own.view(of: event(.updated, Self.peer, Self.me)) == .updated)
        #expect(own.view(of: event(.updated, nil, nil)) == nil)
        #expect(own.view(of: event(.deleted, Self.me, nil)) == .deleted)
        #expect(own.view(of: event(.deleted, Self.peer, Self.peer)) == nil)
        #expect(own.view(of: event(.restored, Self.me, Self.me)) == .restored)
    }

    @Test func `a team holds its people and nobody else`() {
        let team = rights(.team)
        #expect(team.view(of: event(.updated, Self.peer, Self.me)) == .updated)
        #expect(team.view(of: event(.updated, Self.peer, Self.other)) == .deleted)
        #expect(team.view(of: event(.created, nil, Self.other)) == nil)
    }

    @Test func `a place is read back by those who sealed it alone`() throws {
        let seal = StreamPositionSeal(secretKey: [UInt8](repeating: 1, count: 32))
        let other = StreamPositionSeal(secretKey: [UInt8](repeating: 2, count: 32))
        let place = StreamPosition(
            xid: UInt64(Int64.max) + 5, position: 42, at: Instant(milliseconds: 1_700_000_000_123))
        let text = try #require(seal.text(place))
        #expect(seal.position(text) == place)
        #expect(seal.position(text)?.at == place.at)
        #expect(other.position(text) == nil)
        #expect(seal.position(String(text.dropLast())) == nil)
    }
}
