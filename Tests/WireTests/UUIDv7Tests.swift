import Testing
import Wire

@Suite struct UUIDv7Tests {
    @Test func `a new id carries its version, variant and time`() {
        let id = UUIDv7.make(at: Instant(milliseconds: 1_795_253_400_123))
        #expect(id.version == 7)
        #expect(id.instant?.milliseconds == 1_795_253_400_123)
        #expect(id.low >> 62 == 0b10)
    }

    @Test func `the example of RFC 9562 is read`() {
        let id = UUIDv7("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")
        #expect(id?.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(id?.instant?.description == "2022-02-22T19:22:22.000Z")
    }

    @Test func `another version is an id without a time`() {
        let id = UUIDv7("919108f7-52d1-4320-9bac-f847db4148a8")
        #expect(id?.version == 4)
        #expect(id != nil && id?.instant == nil)
        #expect(UUIDv7.zero.description == "00000000-0000-0000-0000-000000000000")
    }

    @Test(arguments: [
        "", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "{017f22e2-79b0-7cc3-98c4-dc0c0c07398}",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2-79b0-7cc3-98c4_dc0c0c07398f",
        "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
    ])
    func `another form is refused`(text: String) {
        #expect(UUIDv7(text) == nil)
    }

    @Test func `ten thousand ids of one millisecond differ and read back`() {
        let instant = Instant(milliseconds: 1_795_253_400_123)
        let ids = (0..<10_000).map { _ in UUIDv7.make(at: instant) }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { UUIDv7($0.description) == $0 })
    }

    @Test func `ids sort by time and by their text alike`() {
        let ids = [3, 1, 2].map { UUIDv7.make(at: Instant(milliseconds: 1_700_000_000_000 + $0)) }
        #expect(ids.sorted() == [ids[1], ids[2], ids[0]])
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
    }
}
