import TestKit
import Wire

/// Asks for what is its own, and looks whether that is what it gets.
struct HonestClient {
    let tenant: Stage.Tenant
    private let client: APIClient
    private let number: Int

    init(tenant: Stage.Tenant, port: Int, number: Int) {
        self.tenant = tenant
        self.number = number
        client = APIClient(port: port, token: tenant.token)
    }

    /// Makes a record, reads it, and sends what must be refused; whatever came otherwise.
    func faults(in round: Int) throws -> [String] {
        let name = "\(tenant.id) \(number) \(round)"
        let made = try client.send("POST", "accounts", ["name": .string(name)])
        let id = made.json["id"]?.stringValue ?? ""
        let read = try client.send("GET", "accounts/\(id)")
        let refused = try client.send("GET", "accounts?no_such_field=\(number)-\(round)")
        let unfounded = try client.send(
            "POST", "accounts",
            ["name": .string(name), "parent_id": .string(UUIDv7.make().description)])
        let counted = try client.send("GET", "accounts/aggregate?group_by=name&name=\(number)")
        let answers: [(APIResponse, Bool)] = [
            (made, made.status == 201 && made.json["name"]?.stringValue == name),
            (read, read.status == 200 && read.json["name"]?.stringValue == name),
            (refused, refused.status == 400 && refused.text.contains("no_such_field")),
            (unfounded, unfounded.faults == ["parent_id:reference_not_found"]),
            (counted, counted.status < 500),
        ]
        return answers.compactMap { $0.1 ? nil : "\($0.0.status) \($0.0.text)" }
    }
}
