import TestKit

/// The repository's files, as the rules of its house look at them.
struct SourceTree {
    /// A file by its path from the repository's root.
    struct File {
        let path: String
        let text: String

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

        /// The modules that it imports.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 2, words.count == place + 2 else {
                    return nil
                }
                let before = words[..<place].allSatisfy {
                    ["public", "internal", "private", "package", "@testable"].contains($0)
                }
                return before ? String(words[place + 1]) : nil
            }
        }
    }

    /// Files beneath a folder whose names end so.
    static func files(in folder: String, ending: String = ".swift") -> [File] {
        let names = TestFolder.files(in: "\(TestDatabase.repository)/\(folder)")
        return names.flatMap { name -> [File] in
            let path = "\(folder)/\(name)"
            guard name.hasSuffix(ending) else { return files(in: path, ending: ending) }
            return [File(path: path, text: TestFolder.text("\(TestDatabase.repository)/\(path)") ?? "")]
        }
    }

    /// The folders directly beneath one.
    static func folders(in folder: String) -> [String] {
        TestFolder.files(in: "\(TestDatabase.repository)/\(folder)").filter { name in
            !TestFolder.files(in: "\(TestDatabase.repository)/\(folder)/\(name)").isEmpty
        }
    }

    static func text(_ path: String) -> String { TestFolder.text("\(TestDatabase.repository)/\(path)") ?? "" }
}
