/// Writes the OpenMetrics text format 1.0.
struct MetricsText {
    /// What the answer's `Content-Type` says.
    static let media = "application/openmetrics-text; version=1.0.0; charset=utf-8"

    enum Kind: String { case counter, gauge, histogram, info }

    private(set) var text = ""
    private var family = ""

    /// Begins a family; `unit` is the end of its name where it has one.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String, unit: String? = nil) {
        family = name
        text += "# TYPE \(name) \(kind.rawValue)\n"
        if let unit { text += "# UNIT \(name) \(unit)\n" }
        text += "# HELP \(name) \(help)\n"
    }

    /// A sample of the family that was begun last.
    mutating func sample(_ labels: [(String, String)] = [], _ value: String, suffix: String = "") {
        text += "\(family)\(suffix)\(Self.braces(labels)) \(value)\n"
    }

    mutating func sample(_ labels: [(String, String)] = [], _ value: Int64, suffix: String = "") {
        sample(labels, String(value), suffix: suffix)
    }

    /// The buckets, sum and count of a histogram in seconds.
    mutating func samples(_ labels: [(String, String)], _ histogram: Histogram) {
        var count: Int64 = 0
        for (bound, within) in zip(Histogram.bounds, histogram.counts) {
            count += within
            sample(labels + [("le", Self.seconds(bound))], count, suffix: "_bucket")
        }
        sample(labels + [("le", "+Inf")], histogram.count, suffix: "_bucket")
        sample(labels, histogram.count, suffix: "_count")
        sample(labels, Self.seconds(histogram.sum), suffix: "_sum")
    }

    mutating func end() { text += "# EOF\n" }

    /// Microseconds as seconds, without the noise of floating point.
    static func seconds(_ microseconds: Int64) -> String {
        let fraction = String(microseconds % 1_000_000)
        let padded = String(repeating: "0", count: 6 - fraction.count) + fraction
        return "\(microseconds / 1_000_000).\(padded)"
    }

    private static func braces(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{\(labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ","))}"
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
