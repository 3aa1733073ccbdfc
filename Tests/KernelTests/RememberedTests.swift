import Testing
import Wire

@testable import Kernel

struct RememberedTests {
    @Test func `what was asked for lately stays, and the rest is forgotten in time`() {
        let remembered = Remembered<Int, String>(capacity: 8)
        for number in 0..<100 {
            remembered.keep("\(number)", for: number)
            #expect(remembered.content(0) == "0")
        }
        #expect(remembered.content(99) == "99")
        #expect((0..<100).count { remembered.content($0) != nil } <= 8)
        remembered.forget(0)
        #expect(remembered.content(0) == nil)
    }

    @Test func `a record's size is that of its texts`() {
        let state = RecordState(
            id: .zero, version: 1,
            contents: ["name": .text("città"), "note": .null, "amount": .integer(7), "hours": .json([1, 2])])
        #expect(state.textSize == 11)
    }
}
