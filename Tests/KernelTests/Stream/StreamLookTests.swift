import Loop
import TestKit
import Testing
import Wire

@testable import HTTP
@testable import Kernel

/// How a stream's caller is looked at.
@Suite struct StreamLookTests {
    private func request(_ token: String, receivedAt: Int64) throws -> Request {
        let head = "GET /api/v1/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\r\n"
        return Request(
            head: try RequestHead.parse(Array(head.utf8), fieldLimit: 10), body: .empty,
            remoteAddress: "127.0.0.1", receivedAt: receivedAt)
    }

    /// A stream of the request's caller that was opened in an organization.
    private func subscriber(
        _ request: Request, in organization: UUIDv7, _ runtime: Runtime
    ) async throws -> Subscriber {
        let streams = runtime.streams
        let principal = try await Authentication(runtime: runtime).principal(
            of: request, for: FollowChanges.definition)
        return Subscriber(
            StreamOpening(request: request, principal: principal, types: nil, lastEvent: .none),
            rights: StreamRights(organization: organization, levels: [], user: nil, team: []),
            ticket: try streams.census.admit(organization, in: organization),
            hub: try #require(streams.hub))
    }

    private func finding(_ subscriber: Subscriber, _ runtime: Runtime) async -> StreamLook.Finding {
        let rights = StreamRightsReader(runtime: runtime, entities: runtime.streams.entities)
        return await StreamLook(runtime: runtime, rights: rights).finding(subscriber)
    }

    @Test func `a stream goes on in the organization alone that it was opened in`() async throws {
        let platform = try await ApiPlatform.shared.value
        let (own, other) = (try await ApiPlatform.company(), try await ApiPlatform.company())
        let request = try request(try #require(own.admin.token), receivedAt: 0)
        let (ownID, otherID) = (own.id, other.id)
        let findings = try await platform.onLoop {
            let runtime = platform.runtime
            return [
                await finding(try await subscriber(request, in: ownID, runtime), runtime),
                await finding(try await subscriber(request, in: otherID, runtime), runtime),
            ]
        }
        if case .over = findings[0] { Issue.record("it ended in its own organization") }
        guard case .over = findings[1] else {
            Issue.record("it goes on in another organization")
            return
        }
    }

    @Test func `what was found out about the caller is as old as the request`() async throws {
        let platform = try await ApiPlatform.shared.value
        let company = try await ApiPlatform.company()
        let request = try request(try #require(company.admin.token), receivedAt: 1_234_567)
        let organization = company.id
        let lookedAt = try await platform.onLoop {
            try await subscriber(request, in: organization, platform.runtime).lookedAt
        }
        #expect(lookedAt == 1234)
    }
}
