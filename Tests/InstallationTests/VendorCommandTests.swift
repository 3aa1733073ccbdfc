import TestKit
import Testing

/// How the vendor's people come to be.
@Suite struct VendorCommandTests {
    @Test func `a person is made with a one-time password, reset and removed`() throws {
        let environment = try PlatformProgram.migratedDatabase()
        let words = ["vendor", "create", "--email", "vera@vendor.example", "--name", "Vera Venturi"]
        let made = try PlatformProgram.run(words + ["--role", "super_admin"], environment)
        #expect(made.status == 0, "\(made.output)")
        #expect(made.output.contains("vera@vendor.example is super_admin of the vendor"))
        let password = made.output.firstRange(of: "password: ").map { made.output[$0.upperBound...] }
        #expect(password?.prefix { $0 != "\n" }.count == 20)
        let again = try PlatformProgram.run(words, environment)
        #expect(again.status == 1 && again.output.contains("email_taken"))
        let reset = try PlatformProgram.run(
            ["vendor", "reset", "--email", "VERA@vendor.example"], environment)
        #expect(reset.status == 0 && reset.output.hasPrefix("password: "))
        let remove = ["vendor", "remove", "--email", "vera@vendor.example"]
        #expect(try PlatformProgram.run(remove, environment).status == 0)
        #expect(try PlatformProgram.run(remove, environment).status == 1)
        // The address is free again.
        #expect(try PlatformProgram.run(words, environment).status == 0)
    }

    @Test func `what is wrong with a person is told by field`() throws {
        let environment = try PlatformProgram.migratedDatabase()
        let wrong = try PlatformProgram.run(
            ["vendor", "create", "--email", "vera", "--name", "Vera", "--role", "king"], environment)
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("email: ") && wrong.output.contains("role: not_a_choice"))
        #expect(try PlatformProgram.run(["vendor", "create", "--name", "Vera"], environment).status == 2)
    }
}
