import Crypto
import Testing

@testable import Tenancy

@Suite struct QRCodeTests {
    private let address = OneTimePassword(secret: Array(0..<20)).address(
        account: "ada@example.com", issuer: "Stratikey")

    @Test func `a code is a square of a standard size, larger for longer texts`() throws {
        let short = try #require(QRCode("HELLO"))
        #expect(short.size == 21)
        let long = try #require(QRCode(address))
        #expect(long.size > short.size)
        #expect((long.size - 17) % 4 == 0)
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "a", count: 2331))?.size == 177)
        #expect(QRCode(String(repeating: "a", count: 2332)) == nil)
    }

    @Test func `three corners have the pattern that scanners look for, in a light border`() throws {
        let code = try #require(QRCode(address))
        let last = code.size - 7
        for (top, left) in [(0, 0), (0, last), (last, 0)] {
            for row in 0..<7 {
                for column in 0..<7 {
                    let ring = max(abs(row - 3), abs(column - 3))
                    #expect(code.isDark(top + row, left + column) == (ring != 2), "\(row) \(column)")
                }
            }
        }
        for place in 0..<8 {
            #expect(!code.isDark(7, place) && !code.isDark(place, 7))
            #expect(!code.isDark(7, code.size - 1 - place) && !code.isDark(code.size - 1 - place, 7))
        }
    }

    @Test func `another secret is another code`() throws {
        let other = OneTimePassword(secret: Array(1..<21)).address(
            account: "ada@example.com", issuer: "Stratikey")
        #expect(QRCode(address)?.path != QRCode(other)?.path)
        #expect(QRCode(address)?.path == QRCode(address)?.path)
    }

    @Test func `the path covers the dark modules and no other`() throws {
        let code = try #require(QRCode(address))
        var drawn = Set<[Int]>()
        for run in code.path.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/) {
            let numbers = [run.output.1, run.output.2, run.output.3, run.output.4].compactMap { Int($0) }
            #expect(numbers[2] == numbers[3])
            for column in numbers[0]..<numbers[0] + numbers[2] { drawn.insert([numbers[1], column]) }
        }
        for row in 0..<code.size {
            for column in 0..<code.size {
                #expect(drawn.contains([row, column]) == code.isDark(row, column))
            }
        }
    }
}
