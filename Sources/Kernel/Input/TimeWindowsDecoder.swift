internal import Wire

/// Reads the hours of a week: as JSON `[{"day":1,"from":"09:00","to":"12:30"}]`, or as text
/// `mon 09:00-12:30, 15:00-19:00; tue 09:00-12:30`, as files of imports and exports have it.
///
/// Days are those of ISO 8601: 1 is Monday. `24:00` ends a day. What is kept is in order and does not
/// overlap.
struct TimeWindowsDecoder {
    let path: String

    /// The most windows that a week may have.
    static let most = 70

    /// Minutes of one day.
    private struct Window {
        let day: Int
        let from: Int
        let to: Int
    }

    func decode(_ json: JSON) throws(FieldFault) -> Value {
        guard case .array(let items) = json else { throw fault("", "wrong_type", expected: "array") }
        guard items.count <= Self.most else { throw fault("", "too_many", expected: "<= \(Self.most)") }
        var windows: [Window] = []
        for (position, item) in items.enumerated() { windows.append(try window(item, "[\(position)]")) }
        return try value(windows)
    }

    func decode(text: String) throws(FieldFault) -> Value {
        var windows: [Window] = []
        for part in text.split(separator: ";") {
            let words = part.replacing(",", with: " ").split(whereSeparator: \.isWhitespace).map(String.init)
            guard let name = words.first else { continue }
            guard words.count > 1 else { throw fault("", "not_a_time", expected: Self.form) }
            guard let day = Self.day(name) else { throw fault("", "not_a_day", expected: Self.form) }
            for word in words.dropFirst() {
                let ends = word.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
                guard ends.count == 2, let from = Self.minutes(ends[0]), let to = Self.minutes(ends[1]) else {
                    throw fault("", "not_a_time", expected: Self.form)
                }
                guard from < to else { throw fault("", "window_ends_first") }
                windows.append(Window(day: day, from: from, to: to))
            }
        }
        guard windows.count <= Self.most else { throw fault("", "too_many", expected: "<= \(Self.most)") }
        return try value(windows)
    }

    /// The text of what `decode` gave; the same for export and import.
    static func text(of json: JSON) -> String {
        var days: [(day: Int64, times: [String])] = []
        for window in json.arrayValue ?? [] {
            guard let day = window["day"]?.integerValue, let from = window["from"]?.stringValue,
                let to = window["to"]?.stringValue
            else { continue }
            if days.last?.day != day { days.append((day: day, times: [])) }
            days[days.count - 1].times.append("\(from)-\(to)")
        }
        return days.filter { (1...7).contains($0.day) }
            .map { "\(names[Int($0.day) - 1][0]) \($0.times.joined(separator: ", "))" }
            .joined(separator: "; ")
    }

    private static let form = "mon 09:00-12:30, 15:00-19:00; tue 09:00-12:30"

    /// English first, as exports write it.
    private static let names: [[String]] = [
        ["mon", "monday", "lun", "lunedì", "lunedi", "1"],
        ["tue", "tuesday", "mar", "martedì", "martedi", "2"],
        ["wed", "wednesday", "mer", "mercoledì", "mercoledi", "3"],
        ["thu", "thursday", "gio", "giovedì", "giovedi", "4"],
        ["fri", "friday", "ven", "venerdì", "venerdi", "5"],
        ["sat", "saturday", "sab", "sabato", "6"], ["sun", "sunday", "dom", "domenica", "7"],
    ]

    private static func day(_ name: String) -> Int? {
        names.firstIndex { $0.contains(name.lowercased()) }.map { $0 + 1 }
    }

    private func window(_ json: JSON, _ place: String) throws(FieldFault) -> Window {
        guard case .object(let object) = json else { throw fault(place, "wrong_type", expected: "object") }
        if let unknown = object.keys.first(where: { !["day", "from", "to"].contains($0) }) {
            throw fault("\(place).\(unknown)", "unknown_field")
        }
        guard let day = object["day"]?.integerValue, (1...7).contains(day) else {
            throw fault("\(place).day", object["day"] == nil ? "required" : "not_a_day", expected: "1...7")
        }
        let from = try time(object["from"], "\(place).from")
        let to = try time(object["to"], "\(place).to")
        guard from < to else { throw fault("\(place).to", "window_ends_first") }
        return Window(day: Int(day), from: from, to: to)
    }

    private func time(_ json: JSON?, _ place: String) throws(FieldFault) -> Int {
        guard let json else { throw fault(place, "required") }
        guard case .string(let text) = json, let minutes = Self.minutes(text) else {
            throw fault(place, "not_a_time", expected: "HH:MM")
        }
        return minutes
    }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].utf8.count), parts[1].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }

    private func value(_ windows: [Window]) throws(FieldFault) -> Value {
        guard !windows.isEmpty else { return .null }
        let sorted = windows.sorted { ($0.day, $0.from) < ($1.day, $1.from) }
        for (window, next) in zip(sorted, sorted.dropFirst())
        where window.day == next.day && next.from < window.to {
            throw fault("", "windows_overlap")
        }
        return .json(
            .array(
                sorted.map { window in
                    [
                        "day": .integer(window.day), "from": .string(Self.clock(window.from)),
                        "to": .string(Self.clock(window.to)),
                    ]
                }))
    }

    private static func clock(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }

    private func fault(_ place: String, _ code: String, expected: String? = nil) -> FieldFault {
        var parameters: [String: String] = [:]
        if code == "wrong_type" { parameters["expected"] = expected }
        if code == "too_many" { parameters["maximum"] = "\(Self.most)" }
        return FieldFault(
            FieldError(field: path + place, code: code, parameters: parameters, expected: expected))
    }
}
