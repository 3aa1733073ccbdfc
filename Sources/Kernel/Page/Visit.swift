public import Wire

/// Somebody at a page: who, in which language, with what address and form.
public struct Visit: Sendable {
    /// The visitor, known by the browser's cookie alone; anonymous without one.
    public let context: Context
    /// What stood at the path's parameters, in order, decoded.
    public let parameters: [String]
    /// The address's parameters, each name once.
    public let query: [String: String]
    /// The form that was sent; empty where the page is only looked at.
    public internal(set) var form: [String: String] = [:]
    /// What is wrong with it.
    public internal(set) var problem: Problem?
    /// The path as it was asked for.
    let path: String
    /// What the form sends back.
    let proof: String
    let keeps: [String]

    /// What the form says, else what the address says; empty where neither does.
    public subscript(name: String) -> String { form[name] ?? query[name] ?? "" }

    /// A text in the visitor's language.
    public func text(_ key: String, _ parameters: [String: String] = [:]) -> String {
        context.text(key, parameters)
    }

    /// What is wrong with the form, in a sentence; nil where nothing is.
    public var complaint: String? {
        problem.map { problem in
            PageProblem(
                problem: problem, messages: context.runtime.registry.messages,
                language: context.request.language
            ).sentence
        }
    }

    /// What is wrong with one of its fields.
    func fault(at field: String) -> String? {
        problem?.errors.first { $0.field == field }.map { text("error.\($0.code)", $0.parameters) }
    }

    /// Decodes members as the API decodes a body with them; 422 names the fields alike.
    public func input<Input: Shape>(_ type: Input.Type, _ members: JSON) throws(Problem) -> Values<Input> {
        Values(try InputDecoder(fields: Input.fields).decode(members))
    }

    /// Form fields as members of a body; one that is empty or was not sent is left out.
    public func members(_ names: String...) -> JSON {
        var object = JSONObject()
        for name in names {
            if let value = form[name], !value.isEmpty { object[name] = .string(value) }
        }
        return .object(object)
    }

    /// What forms and links pass on.
    var kept: [(name: String, value: String)] {
        keeps.compactMap { name in
            let value = self[name]
            return value.isEmpty ? nil : (name: name, value: value)
        }
    }

    /// The same as a query.
    var keptQuery: String {
        kept.map { "\(AddressText.escaped($0.name))=\(AddressText.escaped($0.value))" }
            .joined(separator: "&")
    }
}

/// Texts within addresses.
public enum AddressText {
    /// A text as part of a query or path: all but unreserved characters by their bytes (RFC 3986, 2.3).
    public static func escaped(_ text: String) -> String {
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: escaped.append(byte)
            default: escaped += Array("%\(Hex.encode([byte]).uppercased())".utf8)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// An address as `next` names it, if it is a path of this site and nothing of the API's; nil otherwise.
    ///
    /// A second slash or a backslash would name another host to a browser (WHATWG URL, 4.4).
    public static func local(_ text: String) -> String? {
        guard (1...2000).contains(text.utf8.count), text.utf8.first == UInt8(ascii: "/"),
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") }),
            text.utf8.dropFirst().first != UInt8(ascii: "/"), !text.hasPrefix("/api")
        else { return nil }
        return text
    }
}
