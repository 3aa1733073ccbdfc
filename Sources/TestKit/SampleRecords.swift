public import Kernel
public import Wire

/// Records of every registered entity in one company, with every field filled that a request may send.
///
/// They are made through the API, those first that others need; references lead to the company's own records.
public struct SampleRecords: Sendable {
    /// Ids by entity, in the order of making.
    public private(set) var ids: [String: [String]] = [:]
    /// The bodies that made them, by id.
    public private(set) var bodies: [String: JSON] = [:]

    /// Makes `count` records of each entity as the company's admin; `mark` stands in every text.
    public static func fill(
        _ company: Company, _ registry: Registry, mark: String, count: Int = 2
    ) throws -> SampleRecords {
        var records = SampleRecords()
        var values = SampleValues(mark: mark)
        records.ids[Member.name] = [company.adminID.description]
        for path in ["roles", "pipelines", "stages"] { try records.know(path, of: company, registry) }
        for _ in 0..<count {
            for entity in ordered(registry) { try records.make(entity, registry, company, &values) }
        }
        return records
    }

    /// What the company started with serves as a target too, behind what is made.
    private mutating func know(_ path: String, of company: Company, _ registry: Registry) throws {
        guard let entity = registry.entity(path: path) else { return }
        let data = try company.send("GET", "\(path)?limit=200").json["data"]?.arrayValue ?? []
        ids[entity.name, default: []] += data.filter { $0["key"]?.stringValue != "org_admin" }
            .compactMap { $0["id"]?.stringValue }
    }

    /// Entities, those first that others refer to.
    private static func ordered(_ registry: Registry) -> [EntityDefinition] {
        var left = registry.entities.filter { $0.name != Member.name }
        var ordered: [EntityDefinition] = []
        while !left.isEmpty {
            let waiting = Set(left.map(\.name))
            let ready = left.firstIndex { entity in
                entity.fields.filter(\.isWritable).allSatisfy { field in
                    field.target.map { !waiting.contains($0) || $0 == entity.name } ?? true
                }
            }
            ordered.append(left.remove(at: ready ?? 0))
        }
        return ordered
    }

    private mutating func make(
        _ entity: EntityDefinition, _ registry: Registry, _ company: Company, _ values: inout SampleValues
    ) throws {
        let path = "/\(entity.path)"
        guard let route = registry.routes.first(where: { $0.path == path && $0.verb == "POST" }) else {
            return
        }
        let fields = route.entity == nil ? route.input : entity.fields.filter(\.isWritable)
        var choices: [String: [JSON]] = [:]
        for field in fields {
            choices[field.key] = values.candidates(for: field) { (ids[$0] ?? []).reversed() }
        }
        let made = try Self.send(path, choices, fields, company)
        guard let id = made.answer.json["id"]?.stringValue else { return }
        ids[entity.name, default: []].append(id)
        bodies[id] = made.body
    }

    /// Sends the likeliest contents; what is refused is tried otherwise, and left out where nothing is taken.
    private static func send(
        _ path: String, _ choices: [String: [JSON]], _ fields: [FieldDefinition], _ company: Company
    ) throws -> (answer: APIResponse, body: JSON) {
        var choices = choices
        for _ in 0..<12 {
            var body = JSONObject()
            for field in fields { body[field.key] = choices[field.key]?.first }
            let answer = try company.send("POST", "/api/v1\(path)", .object(body))
            if answer.status < 300 { return (answer: answer, body: .object(body)) }
            let refused = (answer.json["errors"]?.arrayValue ?? []).compactMap { $0["field"]?.stringValue }
                .map { String($0.prefix { $0 != "." && $0 != "[" }) }
            let keys = refused.filter { choices[$0]?.isEmpty == false }
            guard answer.status == 422, !keys.isEmpty else {
                throw CompanyError.refused("\(path): \(answer.text)")
            }
            for key in Set(keys) { choices[key]?.removeFirst() }
        }
        throw CompanyError.refused("\(path): nothing was taken")
    }
}
