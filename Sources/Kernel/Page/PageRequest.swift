internal import HTTP

/// What a page's request says: its language, its address's parameters, its form.
struct PageRequest {
    let request: Request

    /// A form's bytes, pairs and the length of one value. Longer ones are nobody's that fills in a page.
    private static let longestForm = 65_536
    private static let mostPairs = 100
    private static let media = "application/x-www-form-urlencoded"
    static let languageCookie = "stratikey_language"

    /// The language that `?lang=` chooses.
    var chosenLanguage: Language? {
        pairs(of: (try? request.query) ?? [])["lang"].flatMap { Language(rawValue: $0) }
    }

    /// That one, else the one chosen before, else the browser's.
    var language: Language? {
        chosenLanguage
            ?? Cookies.value(Self.languageCookie, in: request.headers.all("cookie"))
            .flatMap { Language(rawValue: $0) } ?? RequestReading(request: request).language
    }

    /// The address's parameters; those that can't be decoded are none.
    var query: [String: String] { pairs(of: (try? request.query) ?? []) }

    /// The form; 422 for what is none, 413 past the limit.
    func form() async throws(Problem) -> [String: String] {
        let sent = request.headers["content-type"]?.split(separator: ";").first.map {
            String($0).trimmed.lowercased()
        }
        guard sent == Self.media else { throw Problem(422, "malformed_form") }
        let bytes: [UInt8]
        do { bytes = try await request.body.collect(limit: Self.longestForm) } catch { throw Problem(error) }
        guard let pairs = Query.pairs(bytes[...]), pairs.count <= Self.mostPairs else {
            throw Problem(422, "malformed_form")
        }
        return self.pairs(of: pairs)
    }

    /// By name, the first of each.
    private func pairs(of pairs: [(name: String, value: String)]) -> [String: String] {
        Dictionary(pairs.prefix(Self.mostPairs).map { ($0.name, $0.value) }) { first, _ in first }
    }
}
