import Glibc
import Testing
import Wire

@testable import Kernel

@Suite struct MessageTests {
    private let english = KernelPlugin.manifest.messages[0]
    private let italian = KernelPlugin.manifest.messages[1]

    @Test func `every code in the sources has texts in both languages`() throws {
        let sources = SourceText(folder: "Sources/Kernel")
        let problems = try sources.matches(of: /Problem\([0-9]+, "([a-z_]+)"/)
        #expect(problems.contains("unauthenticated"))
        var keys = problems.map { "problem.\($0)" }
        keys += try sources.matches(of: /(?:badQuery|invalid)\([^"()]*(?:"[a-z_.]*")?[^"()]*, "([a-z_]+)"/)
            .map { "error.\($0)" }
        keys += try sources.matches(of: /FieldError\([^()]*code: "([a-z_]+)"/).map { "error.\($0)" }
        keys += try sources.matches(of: /FieldFault\(error\("([a-z_]+)"/).map { "error.\($0)" }
        keys += try sources.matches(of: /because = "([a-z_]+)"/).map { "access.\($0)" }
        keys += try sources.matches(of: /text\("([a-z_]+\.[a-z_.]+)"/)
        for key in Set(keys).sorted() {
            #expect(english.texts[key] != nil, "\(key) has no English text")
            #expect(italian.texts[key] != nil, "\(key) has no Italian text")
        }
    }

    @Test func `counts mark their thousands as the language does`() {
        #expect(Language.english.grouped(8_800) == "8,800")
        #expect(Language.italian.grouped(8_800) == "8.800")
        #expect(Language.italian.grouped(-1_234_567) == "-1.234.567")
        #expect(Language.italian.grouped(999) == "999")
        #expect(Language.english.grouped(0) == "0")
    }

    @Test func `both languages have the same texts with the same parameters`() {
        #expect(Set(english.texts.keys) == Set(italian.texts.keys))
        for (key, text) in english.texts {
            let parameters = Set(text.matches(of: /\{[a-z_]+\}/).map { String($0.output) })
            let others = Set((italian.texts[key] ?? "").matches(of: /\{[a-z_]+\}/).map { String($0.output) })
            #expect(parameters == others, "\(key)")
        }
    }

    @Test func `each status, operation, operator, kind and role that the kernel knows has a name`() throws {
        let registry = try Registry([KernelPlugin()])
        var keys = Operation.allCases.map { "route.\($0.rawValue)" }
        keys += FilterOperator.allCases.map { "openapi.operator.\($0.rawValue)" }
        keys += BuiltInRole.allCases.map { "role.\($0.rawValue)" }
        keys += ScopeLevel.allCases.map { "scope.\($0.rawValue)" }
        keys += EntityDefinition.standardFields.map { "field.standard.\($0.key)" }
        for route in registry.routes {
            let statuses = RouteStatuses(route, registry: registry)
            keys += (statuses.successes + statuses.problems).map { "status.\($0)" }
        }
        for key in Set(keys).sorted() {
            #expect(registry.messages.missingLanguages(for: key).isEmpty, "\(key)")
        }
    }
}

/// The text of the Swift files under a folder of the repository.
struct SourceText {
    let folder: String

    /// What the first group of the pattern caught, over all files.
    func matches(of pattern: Regex<(Substring, Substring)>) throws -> Set<String> {
        var found: Set<String> = []
        for path in files(in: root + folder) {
            for match in try text(path).matches(of: pattern) { found.insert(String(match.output.1)) }
        }
        return found
    }

    private var root: String {
        let parts = #filePath.split(separator: "/")
        let package = parts.prefix { $0 != "Tests" }
        return "/" + package.joined(separator: "/") + "/"
    }

    private func files(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix(".") else { continue }
            if name.hasSuffix(".swift") {
                files.append("\(folder)/\(name)")
            } else {
                files += self.files(in: "\(folder)/\(name)")
            }
        }
        return files
    }

    private func text(_ path: String) throws -> String {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&portion, 1, portion.count, file), count > 0 {
            bytes += portion.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
