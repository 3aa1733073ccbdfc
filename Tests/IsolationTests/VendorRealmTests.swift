import Kernel
import TestKit
import Testing
import Wire

/// The realms of tenants and of the vendor don't open to each other's tokens.
@Suite struct VendorRealmTests {
    @Test func `a vendor's token opens no route of a tenant`() async throws {
        let twins = try await Twins.shared.value
        let client = try await VendorPerson.make(on: twins.platform).client
        var tried = 0
        for route in twins.platform.runtime.registry.routes
        where route.access != .open && route.access.vendorRole == nil {
            await Task.yield()
            for id in [twins.b.id.description, UUIDv7.make().description] {
                let path = SampleRequests.path(of: route, naming: id)
                let body: [UInt8]? = route.isReading ? nil : Array("{}".utf8)
                let headers = [
                    "Content-Type": "application/json", "X-Organization-ID": twins.b.id.description,
                ]
                let answer = try client.send(route.verb, "/api/v1\(path)", bytes: body, headers: headers)
                #expect(answer.status == 401, "\(route.verb) \(route.path)")
                tried += 1
            }
        }
        #expect(tried > 200)
        #expect(try client.send("GET", "vendor/me").status == 200)
    }

    @Test func `no token, key or cookie of a tenant opens a route of the vendor's`() async throws {
        let twins = try await Twins.shared.value
        let company = try await twins.platform.signUp("Outside")
        let key = try company.send("POST", "api-keys", ["name": "Program"]).json["key"]?.stringValue ?? ""
        #expect(key.hasPrefix("sk_"))
        let login = try twins.platform.client().send(
            "POST", "auth/login", ["email": .string(company.email), "password": .string(Company.password)],
            headers: ["X-Session": "cookie"])
        let cookies = login.headers.filter { $0.name == "set-cookie" }.map { $0.value.prefix { $0 != ";" } }
        let cookie: [String: String] = [
            "Cookie": cookies.joined(separator: "; "),
            "X-CSRF-Token": login.json["csrf_token"]?.stringValue ?? "",
            "X-Organization-ID": company.id.description,
        ]
        #expect(try twins.platform.client().send("GET", "accounts", headers: cookie).status == 200)
        var tried = 0
        for route in twins.platform.runtime.registry.routes where route.access.vendorRole != nil {
            await Task.yield()
            let path = "/api/v1\(SampleRequests.path(of: route, naming: company.id.description))"
            let body: [UInt8]? = route.isReading ? nil : Array(#"{"reason":"x"}"#.utf8)
            let tokens = Array(twins.a.tokens.values) + [company.admin.token ?? "", key, "x", "a.b.c"]
            for token in tokens {
                let client = twins.platform.client(token: token)
                let answer = try client.send(
                    route.verb, path, bytes: body, headers: ["Content-Type": "application/json"])
                #expect(answer.status == 401, "\(route.verb) \(route.path)")
                tried += 1
            }
            var headers = cookie
            headers["Content-Type"] = "application/json"
            let answer = try twins.platform.client().send(route.verb, path, bytes: body, headers: headers)
            #expect(answer.status == 401, "\(route.verb) \(route.path) by cookie")
        }
        #expect(tried >= 60)
        #expect(try company.send("GET", "accounts").status == 200)
    }
}
