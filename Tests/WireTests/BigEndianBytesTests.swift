import Testing
import Wire

@Suite struct BigEndianBytesTests {
    @Test func `a number's bytes begin with the most significant and are read back`() {
        let number: UInt64 = 0x0102_0304_0506_0708
        #expect(number.bigEndianBytes == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(UInt64(bigEndianBytes: number.bigEndianBytes) == number)
        #expect(UInt64(bigEndianBytes: UInt64.max.bigEndianBytes) == .max)
    }

    @Test func `an id's bytes stand in the order of its text and are read back`() throws {
        let id = try #require(UUIDv7("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"))
        #expect(id.bytes.prefix(3) == [0x01, 0x7f, 0x22] && id.bytes.last == 0x8f)
        #expect(UUIDv7(bytes: id.bytes) == id)
        #expect(UUIDv7(bytes: id.bytes.dropLast()) == nil)
        #expect(UUIDv7(bytes: id.bytes + [0]) == nil)
    }
}
