/// What a User-Agent says in a person's words: `Firefox on Linux`.
struct Device {
    let name: String

    private static let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]

    init(userAgent: String) {
        let browser = Self.browsers.first { userAgent.contains($0.0) }?.1
        let system = Self.systems.first { userAgent.contains($0.0) }?.1
        name = [browser, system].compactMap { $0 }.joined(separator: " on ")
    }
}
