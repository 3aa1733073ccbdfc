import Crypto
import Testing

@Suite struct Argon2idTests {
    /// Of libargon2's own test suite: the password is "password", the salt "somesalt".
    private static let strong =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
    private static let weak =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"

    @Test func `a new hash has today's parameters and accepts its password alone`() throws {
        let hash = try Argon2id.hash("correct horse è🐎")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(Argon2id.verify("correct horse è🐎", hash) == .valid)
        #expect(Argon2id.verify("correct horse è", hash) == .invalid)
        #expect(Argon2id.verify("", hash) == .invalid)
    }

    @Test func `two hashes of one password differ`() throws {
        #expect(try Argon2id.hash("same") != Argon2id.hash("same"))
    }

    @Test func `hashes of the reference accept their password and want better ones`() {
        #expect(Argon2id.verify("password", Argon2idTests.weak) == .validNeedsUpgrade)
        #expect(Argon2id.verify("passwore", Argon2idTests.weak) == .invalid)
        // Its costs are above ours; its salt of 8 bytes isn't.
        #expect(Argon2id.verify("password", Argon2idTests.strong) == .validNeedsUpgrade)
    }

    @Test(arguments: [
        "", "$", "password", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$", "$argon2id$v=19$m=256,t=2,p=1$$nf65EOgLrQMR",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=4294967295,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$t=2,m=256,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
    ])
    func `a stored text that is no hash of ours accepts nothing`(stored: String) {
        #expect(Argon2id.verify("password", stored) == .invalid)
    }
}
