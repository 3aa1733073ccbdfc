import Testing
import Wire

@testable import Kernel

struct PrincipalCacheTests {
    private let cache = PrincipalCache()
    private static let session = UUIDv7.make()
    private let key = PrincipalCache.Key(bearer: .session(session), organization: .make())

    private func keep(at now: Int64) {
        cache.keep(.anonymous, for: key, generation: cache.generation, now: now)
    }

    @Test func `what is kept is trusted for three seconds after the last word, whoever asks`() {
        cache.hear(upTo: 10_000)
        cache.trust(true)
        keep(at: 10_000)
        #expect(cache.principal(key, now: 12_999) != nil)
        #expect(cache.principal(key, now: 13_000) == nil)
        cache.hear(upTo: 12_500)
        #expect(cache.principal(key, now: 13_000) != nil)
        cache.hear(upTo: 11_000)
        #expect(cache.principal(key, now: 15_499) != nil)
    }

    @Test func `a notice drops what it is about, and what was read before it is not kept`() {
        cache.hear(upTo: 10_000)
        cache.trust(true)
        keep(at: 10_000)
        cache.forget("\(UUIDv7.make())")
        #expect(cache.principal(key, now: 10_001) != nil)
        let generation = cache.generation
        cache.forget("session:\(Self.session)")
        #expect(cache.principal(key, now: 10_001) == nil)
        cache.keep(.anonymous, for: key, generation: generation, now: 10_001)
        #expect(cache.principal(key, now: 10_001) == nil)
    }
}
