import Kernel
import Postgres
import TestKit
import Testing
import Wire

/// Whether there is an address shows in no answer's time.
@Suite(.serialized) struct TimingTests {
    private static let starting = Task {
        try await TestPlatform(plugins: Stage.plugins, migrations: [ProbePlugin.migration])
    }

    /// Requests before those that count: what is made once is made by them.
    private static let firstPairs = 5
    /// How far from one half the chance may be that the known address takes longer. Of forty pairs without any
    /// difference it is as far away in one of ten thousand runs; a hash that is left out makes it nearly 1.
    private static let mostDistance = 0.25

    @Test(arguments: ["auth/login", "auth/password/forgot", "vendor/auth/login"])
    func `the time of an answer tells a known address from an unknown one in nothing`(_ path: String)
        async throws
    {
        let platform = try await Self.starting.value
        let known =
            path.hasPrefix("vendor")
            ? try await VendorPerson.make(on: platform).email : try await platform.signUp("Timed").email
        let unknown = "z\(known.dropFirst())"
        let client = platform.client()
        let pairs = Soak.size(40, soak: 1000, "pairs of requests to \(path)")
        var (ofKnown, ofUnknown): ([Duration], [Duration]) = ([], [])
        for number in 0..<(Self.firstPairs + pairs) {
            await Task.yield()
            // In turns, and each first in turn: what else the machine does befalls both alike.
            for isKnown in number.isMultiple(of: 2) ? [true, false] : [false, true] {
                try platform.database.admin("delete from platform.sign_in_attempts")
                let time = try Self.time(client, path, isKnown ? known : unknown)
                guard number >= Self.firstPairs else { continue }
                if isKnown { ofKnown.append(time) } else { ofUnknown.append(time) }
            }
        }
        let chance = Self.chance(ofKnown, above: ofUnknown)
        print("POST /\(path): the known address takes longer in \(Int(chance * 100)) of 100 comparisons")
        #expect(abs(chance - 0.5) < Self.mostDistance, "\(chance)")
    }

    private static func time(_ client: APIClient, _ path: String, _ email: String) throws -> Duration {
        let isForgotten = path.hasSuffix("forgot")
        let body: JSON =
            isForgotten
            ? ["email": .string(email)]
            : ["email": .string(email), "password": "not the passphrase"]
        let start = ContinuousClock.now
        let answer = try client.send("POST", path, body)
        let time = ContinuousClock.now - start
        try #require(answer.status == (isForgotten ? 204 : 401), "\(answer.text)")
        return time
    }

    /// The chance that one of the first is longer than one of the second: U of Mann and Whitney by the number of
    /// comparisons.
    private static func chance(_ first: [Duration], above second: [Duration]) -> Double {
        var longer = 0.0
        for one in first {
            for other in second { longer += one > other ? 1 : one == other ? 0.5 : 0 }
        }
        return longer / Double(first.count * second.count)
    }
}
