import Crypto
import Testing
import Wire

@Suite struct SealingKeyTests {
    private let key: SealingKey

    init() throws {
        key = try SealingKey(Array(0..<32))
    }

    @Test func `the value of the GCM specification opens`() throws {
        let zero = try SealingKey([UInt8](repeating: 0, count: 32))
        let sealed = try #require(
            Hex.decode("cea7403d4d606b6e074ec5d3baf39d18" + "d0d1c8a799996bf0265b98b5d48ab919"))
        let box = [UInt8](repeating: 0, count: 12) + sealed
        #expect(try zero.open(box) == [UInt8](repeating: 0, count: 16))
    }

    @Test(arguments: [0, 1, 15, 16, 17, 100_000])
    func `what is sealed opens with its context`(length: Int) throws {
        let content = randomBytes(length)
        let box = try key.seal(content, context: Array("settings.smtp".utf8))
        #expect(box.count == length + SealingKey.overhead)
        #expect(try key.open(box, context: Array("settings.smtp".utf8)) == content)
    }

    @Test func `the same content never gives the same box`() throws {
        #expect(try key.seal([1, 2, 3]) != key.seal([1, 2, 3]))
    }

    @Test func `a box changed in any byte stays shut`() throws {
        let box = try key.seal(Array("secret".utf8))
        for index in box.indices {
            var changed = box
            changed[index] ^= 1
            #expect(throws: CryptoError.notAuthentic) { try key.open(changed) }
        }
        for length in 0..<box.count {
            #expect(throws: CryptoError.notAuthentic) { try key.open(Array(box.prefix(length))) }
        }
    }

    @Test func `another key or context does not open it`() throws {
        let box = try key.seal([1], context: [2])
        #expect(throws: CryptoError.notAuthentic) { try key.open(box, context: [3]) }
        #expect(throws: CryptoError.notAuthentic) { try key.open(box) }
        let other = try SealingKey(Array(1..<33))
        #expect(throws: CryptoError.notAuthentic) { try other.open(box, context: [2]) }
    }

    @Test(arguments: [0, 16, 31, 33])
    func `a key of another length is refused`(length: Int) {
        #expect(throws: CryptoError.invalidKey) { try SealingKey([UInt8](repeating: 0, count: length)) }
    }
}
