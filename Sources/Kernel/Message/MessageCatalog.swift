internal import Wire

/// A language that every text is in.
public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case italian = "it"

    /// A count with its thousands marked: `8,800` in English, `8.800` in Italian.
    public func grouped(_ count: Int64) -> String {
        let digits = String(count.magnitude)
        let mark = self == .italian ? "." : ","
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.utf8.count - place).isMultiple(of: 3) { text += mark }
            text.append(digit)
        }
        return count < 0 ? "-\(text)" : text
    }
}

/// The texts of one plugin in one language.
public struct MessageCatalog: Sendable {
    public let language: Language
    /// Text by key; `{name}` is the place of a parameter.
    public let texts: [String: String]
    /// Whether the source could be read at all.
    let isReadable: Bool

    /// Reads a flat JSON object of texts, as embedded at build time.
    public init(_ language: Language, json: [UInt8]) {
        self.language = language
        let object = (try? JSON.parse(json))?.objectValue
        isReadable = object != nil
        var texts: [String: String] = [:]
        for (key, value) in object?.entries ?? [] { texts[key] = value.stringValue }
        self.texts = texts
    }
}

/// Every text of the installation.
public struct Messages: Sendable {
    private var texts: [Language: [String: String]] = [:]

    /// Takes a catalog's texts; the keys that another one has already, of which the first text stays.
    mutating func add(_ catalog: MessageCatalog) -> [String] {
        let known = texts[catalog.language] ?? [:]
        texts[catalog.language] = known.merging(catalog.texts) { first, _ in first }
        return catalog.texts.keys.filter { known[$0] != nil }.sorted()
    }

    /// Whether there is a text for the key in each language.
    public func missingLanguages(for key: String) -> [Language] {
        Language.allCases.filter { texts[$0]?[key] == nil }
    }

    /// The text with its parameters filled in; the key itself where there is none.
    public func text(_ key: String, _ parameters: [String: String] = [:], in language: Language) -> String {
        guard let text = texts[language]?[key] ?? texts[.english]?[key] else { return key }
        guard !parameters.isEmpty, text.contains("{") else { return text }
        return parameters.reduce(text) { text, parameter in
            text.replacing("{\(parameter.key)}", with: parameter.value)
        }
    }

    /// All texts of a language, for the web client.
    public func all(in language: Language) -> [String: String] { texts[language] ?? [:] }
}
