internal import Wire

/// Texts that a log of faults keeps for its readers: short, and such as PostgreSQL's text can hold.
enum ToldText {
    /// Cut to 200 characters.
    static func short(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter { $0 != "\0" }.prefix(200)))
    }

    /// A fault's parameters, by name.
    static func json(_ parameters: [String: String]) -> JSON {
        var object = JSONObject()
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            object[name] = .string(short(value))
        }
        return .object(object)
    }
}
