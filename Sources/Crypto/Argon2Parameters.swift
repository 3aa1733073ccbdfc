/// What a PHC string of Argon2id says besides its salt and hash.
struct Argon2Parameters: Sendable, Equatable {
    /// KiB.
    let memory: UInt32
    let passes: UInt32
    let lanes: UInt32
    /// Bytes.
    let saltLength: Int
    /// Bytes.
    let hashLength: Int

    init(memory: UInt32, passes: UInt32, lanes: UInt32, saltLength: Int, hashLength: Int) {
        self.memory = memory
        self.passes = passes
        self.lanes = lanes
        self.saltLength = saltLength
        self.hashLength = hashLength
    }

    /// Reads `$argon2id$v=19$m=…,t=…,p=…$salt$hash`; nil for anything else.
    init?(phc: String) {
        let parts = phc.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19" else {
            return nil
        }
        let costs = parts[3].split(separator: ",", omittingEmptySubsequences: false)
        guard costs.count == 3, let memory = Argon2Parameters.value("m=", costs[0]),
            let passes = Argon2Parameters.value("t=", costs[1]),
            let lanes = Argon2Parameters.value("p=", costs[2])
        else { return nil }
        self.init(
            memory: memory, passes: passes, lanes: lanes,
            saltLength: parts[4].utf8.count * 3 / 4, hashLength: parts[5].utf8.count * 3 / 4)
    }

    /// A stored hash that asks for more than 256 MiB or 16 passes was not made here.
    var isAffordable: Bool {
        memory <= 262_144 && passes <= 16 && lanes <= 8
    }

    /// Whether any cost or length is below the other's.
    func isWeaker(than other: Argon2Parameters) -> Bool {
        memory < other.memory || passes < other.passes || saltLength < other.saltLength
            || hashLength < other.hashLength
    }

    private static func value(_ name: String, _ text: Substring) -> UInt32? {
        guard text.hasPrefix(name) else { return nil }
        return UInt32(text.dropFirst(name.utf8.count))
    }
}
