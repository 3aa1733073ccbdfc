import Testing
import Wire

@testable import Kernel

@Suite struct OpenAPITests {
    private let document: JSON
    private let registry: Registry

    init() throws {
        registry = try Registry([KernelPlugin(), LibraryPlugin()])
        document =
            OpenAPIDocument(registry: registry, publicURL: "https://crm.example", language: .english).json
    }

    @Test func `every route of the registry is an operation, and nothing else is`() {
        var operations: Set<String> = []
        for (path, item) in document["paths"]?.objectValue?.entries ?? [] {
            for (method, operation) in item.objectValue?.entries ?? [] {
                operations.insert(
                    "\(method.uppercased()) \(path) \(operation["operationId"]?.stringValue ?? "")")
            }
        }
        #expect(
            operations == Set(registry.routes.map { "\($0.route.method) \($0.route.path) \($0.operationID)" })
        )
    }

    @Test func `every reference leads to a component`() {
        for reference in references(in: document) {
            let parts = reference.dropFirst(2).split(separator: "/").map(String.init)
            let target = parts.reduce(document as JSON?) { $0?[$1] }
            #expect(target != nil, "\(reference)")
        }
    }

    @Test func `the parameters of each path are declared and required`() {
        for (path, item) in document["paths"]?.objectValue?.entries ?? [] {
            let names = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                String($0.dropFirst().dropLast())
            }
            for (_, operation) in item.objectValue?.entries ?? [] {
                let declared = (operation["parameters"]?.arrayValue ?? []).filter {
                    $0["in"]?.stringValue == "path"
                }
                #expect(declared.compactMap { $0["name"]?.stringValue } == names)
                #expect(declared.allSatisfy { $0["required"]?.boolValue == true })
            }
        }
    }

    @Test func `a record has every declared and standard field, and null only where it may be empty`() {
        let book = schema("library.book")
        let names = Set(book?["properties"]?.objectValue?.keys ?? [])
        let standard = EntityDefinition.standardFields.map(\.key) + ["id", "type", "custom", "tags"]
        #expect(names == Set(Book.fields.map(\.key) + standard))
        #expect(book?["additionalProperties"]?.boolValue == false)
        #expect(type(of: "title", in: "library.book") == ["string"])
        #expect(type(of: "notes", in: "library.book") == ["string", "null"])
        #expect(type(of: "weight", in: "library.book") == ["integer", "null"])
        #expect(type(of: "status", in: "library.book") == ["string"])
        #expect(book?["properties"]?["price_currency"]?["anyOf"]?.arrayValue?.count == 2)
    }

    @Test func `creating demands what has no default and refuses what the server sets`() {
        let creation = schema("library.book.create")
        #expect(creation?["required"] == ["title", "pages"])
        #expect(creation?["properties"]?["weight"] == nil)
        #expect(creation?["properties"]?["version"] == nil)
        #expect(schema("library.book.update")?["required"] == nil)
    }

    @Test func `an open route has no security and every other one has`() {
        let paths = document["paths"]
        #expect(paths?["/openapi.json"]?["get"]?["security"] == [])
        #expect(paths?["/books"]?["get"]?["security"] == [["bearer": []], ["cookie": []]])
        #expect(paths?["/books"]?["get"]?["x-permission"] == "library.book.read")
    }

    @Test func `lists tell each filter with what it takes`() {
        let parameters = document["components"]?["parameters"]
        #expect(parameters?["library.book.pages.gte"]?["name"] == "pages[gte]")
        #expect(parameters?["library.book.status"]?["schema"]?["enum"] == ["in", "out"])
        #expect(parameters?["library.book.code.in"]?["explode"] == false)
        #expect(parameters?["library.book.notes.lt"] == nil)
    }

    @Test(arguments: [
        "abc", "", " ", " a\n", "a\nb", "a\u{1}b", "\n\u{85}", "é\u{a0}", "\u{3000}x\t", "a\tb",
    ])
    func `the pattern of a text accepts what the server accepts`(_ text: String) throws {
        for isRequired in [true, false] {
            for kind in [FieldKind.text(maximum: 80), .longText(maximum: 80)] {
                var field = FieldDefinition("text", kind)
                field.isRequired = isRequired
                let source = try #require(FieldSchema(field: field).request["pattern"]?.stringValue)
                let isMatch = try Regex(source).matchingSemantics(.unicodeScalar).firstMatch(in: text) != nil
                let decoded = try? InputDecoder(fields: [field]).decode(["text": .string(text)])
                #expect(isMatch == (decoded != nil), "\(kind) \(isRequired)")
            }
        }
    }

    private func schema(_ name: String) -> JSON? { document["components"]?["schemas"]?[name] }

    private func type(of field: String, in name: String) -> [String] {
        let type = schema(name)?["properties"]?[field]?["type"]
        return type?.stringValue.map { [$0] } ?? (type?.arrayValue ?? []).compactMap(\.stringValue)
    }

    private func references(in json: JSON) -> [String] {
        switch json {
        case .array(let items): items.flatMap(references)
        case .object(let object):
            object.entries.flatMap { entry in
                entry.key == "$ref" ? [entry.value.stringValue ?? ""] : references(in: entry.value)
            }
        default: []
        }
    }
}
