internal import CLibpq

/// How connections of one class are opened and what they keep.
struct ConnectionSettings: Sendable {
    let conninfo: String
    let applicationName: String
    /// The server's settings for the session; made by `options`, which a pooler does not pass on.
    let session: [(name: String, value: String)]
    let usesOptions: Bool
    let usesNames: Bool
    let preparedLimit: Int
    let connectTime: Int
    let silence: Int

    init(_ configuration: DatabaseConfiguration, conninfo: String, statementTimeout: Int, usesOptions: Bool) {
        self.conninfo = conninfo
        self.usesOptions = usesOptions
        applicationName = configuration.applicationName
        usesNames = usesOptions
        preparedLimit = max(8, configuration.preparedLimit)
        connectTime = configuration.connectTime
        silence = configuration.silence
        session = Self.session(configuration, statementTimeout: statementTimeout)
    }

    /// A session that only has `session`, whatever its statements are called.
    init(_ configuration: DatabaseConfiguration, conninfo: String, session: [(name: String, value: String)]) {
        self.conninfo = conninfo
        self.session = session
        usesOptions = true
        usesNames = false
        applicationName = configuration.applicationName
        preparedLimit = 0
        connectTime = configuration.connectTime
        silence = configuration.silence
    }

    /// What every session is to have.
    static func session(
        _ configuration: DatabaseConfiguration, statementTimeout: Int
    ) -> [(name: String, value: String)] {
        [
            ("statement_timeout", "\(statementTimeout)"),
            ("idle_in_transaction_session_timeout", "\(configuration.idleTransactionTime)"),
            ("search_path", "pg_catalog"),
            ("timezone", "UTC"),
            ("datestyle", "ISO"),
            // Plans of many short statements: workers of one would take the processors of others, and the
            // parts of an append run in their order.
            ("max_parallel_workers_per_gather", "0"),
            ("jit", "off"),
        ]
    }

    /// Starts to connect; looks the host's name up, so not on a loop. Nil when there is no memory.
    func start() -> Attempt? {
        var options = session.map { "-c \($0.name)=\($0.value)" }
        if let own = ownOptions() { options.insert(own, at: 0) }
        var keywords = ["dbname", "client_encoding", "application_name", "fallback_application_name"]
        var values = [conninfo, "UTF8", applicationName, applicationName]
        if usesOptions {
            keywords.append("options")
            values.append(options.joined(separator: " "))
        }
        return withCStrings(keywords) { keywords in
            withCStrings(values) { values in
                PQconnectStartParams(keywords, values, 1).map { Attempt(pg: $0) }
            }
        }
    }

    /// The `options` of the connection string itself, which ours would hide.
    private func ownOptions() -> String? {
        guard let parsed = PQconninfoParse(conninfo, nil) else { return nil }
        defer { PQconninfoFree(parsed) }
        var option = parsed
        while let keyword = option.pointee.keyword {
            if String(cString: keyword) == "options" { return option.pointee.val.map { String(cString: $0) } }
            option += 1
        }
        return nil
    }

    private func withCStrings<Value>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Value
    ) -> Value {
        var storage: [CChar] = []
        var offsets: [Int] = []
        for string in strings {
            offsets.append(storage.count)
            storage += string.utf8.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
        }
        return storage.withUnsafeBufferPointer { bytes in
            let pointers = offsets.map { offset in bytes.baseAddress.map { $0 + offset } } + [nil]
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}

/// A connection on its way from the thread that started it to its loop.
///
/// `@unchecked Sendable`: the pointer is handed over, not shared.
struct Attempt: @unchecked Sendable {
    let pg: OpaquePointer
}
