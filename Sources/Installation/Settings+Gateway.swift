internal import HTTP
internal import Kernel

extension Settings {
    /// Addresses that this machine and its own network alone reach (RFC 1122, 1918, 3927, 4193, 4291, 6598).
    private static let near = [
        "127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
        "100.64.0.0/10", "fc00::/7", "fe80::/10",
    ].compactMap { AddressRange($0) }

    /// Refuses an admin address that the world may reach, as nobody is asked there who they are, and an admin
    /// port that is no port of its own.
    func demandAdminPlace() throws(SettingsFault) {
        guard Self.near.contains(where: { $0.contains(adminAddress) }) else {
            throw SettingsFault(name: "ADMIN_ADDRESS", expected: "a numeric loopback or private address")
        }
        guard adminPort <= 65_535 else {
            throw SettingsFault(name: "ADMIN_PORT", expected: "set, as there is no port behind \(port)")
        }
        guard adminPort != port || port == 0 else {
            throw SettingsFault(name: "ADMIN_PORT", expected: "another port than PORT")
        }
    }

    /// The web client: of the folder that was named, which must be a build, else of `web/dist` where one is.
    func webClient() throws(SettingsFault) -> WebClient? {
        let standard = "web/dist"
        guard let directory = webDirectory ?? (WebClient.isBuilt(standard) ? standard : nil) else {
            return nil
        }
        do { return try WebClient(directory: directory, assetsOrigin: assetsOrigin) } catch {
            guard error == .notAnOrigin else {
                throw SettingsFault(
                    name: "WEB_DIRECTORY", expected: "the folder of a built web client with its index.html")
            }
            throw SettingsFault(
                name: "WEB_ASSETS_ORIGIN", expected: "an origin such as https://cdn.example.com")
        }
    }

    /// `ENVIRONMENT=production`, or an address that is reached over TLS where nothing is said.
    static func isProduction(_ environment: [String: String], _ publicURL: String) throws(SettingsFault)
        -> Bool
    {
        switch environment["ENVIRONMENT"] {
        case "production": return true
        case "development": return false
        case nil: return publicURL.hasPrefix("https://")
        default: throw SettingsFault(name: "ENVIRONMENT", expected: "production or development")
        }
    }

    /// A list of addresses and ranges with commas between.
    static func proxies(_ text: String) throws(SettingsFault) -> [AddressRange] {
        var ranges: [AddressRange] = []
        for part in text.split(separator: ",") {
            guard let range = AddressRange(part.filter { $0 != " " }) else {
                throw SettingsFault(
                    name: "TRUSTED_PROXIES", expected: "addresses such as 127.0.0.1 or 10.0.0.0/8")
            }
            ranges.append(range)
        }
        return ranges
    }
}

extension RequestLimits {
    /// `RATE_LIMITS=off` gives nil; each number has a variable of its own.
    init?(_ environment: [String: String]) throws(SettingsFault) {
        self.init()
        func number(_ name: String, _ standard: Int) throws(SettingsFault) -> Int {
            try Settings.number(name, environment, standard, 1...1_000_000_000)
        }
        writes = try number("WRITES_PER_MINUTE", writes)
        reads = try number("READS_PER_MINUTE", reads)
        organizationWrites = try number("ORGANIZATION_WRITES_PER_MINUTE", organizationWrites)
        organizationReads = try number("ORGANIZATION_READS_PER_MINUTE", organizationReads)
        signIns = try number("SIGN_INS_PER_MINUTE", signIns)
        anonymousReads = try number("ANONYMOUS_READS_PER_MINUTE", anonymousReads)
        switch environment["RATE_LIMITS"] {
        case nil, "on": return
        case "off": return nil
        default: throw SettingsFault(name: "RATE_LIMITS", expected: "on or off")
        }
    }
}
