/// One of `platform`'s commands.
public protocol Command: Sendable {
    /// As it is typed: `serve`, `user create`.
    static var name: String { get }
    /// One line for the overview.
    static var summary: String { get }
    /// Everything that `--help` tells.
    static var help: String { get }
    /// Options that take a value.
    static var options: Set<String> { get }
    /// Options that stand alone.
    static var flags: Set<String> { get }
    /// Works, and tells by the exit code how it went: 0 well, 1 failed, 2 wrongly called.
    static func run(_ arguments: Arguments) throws -> Int32
}

/// What stood behind a command's name.
public struct Arguments: Sendable {
    private let values: [String: String]
    private let flags: Set<String>
    /// What is no option, in order.
    public let positional: [String]

    /// Reads `--name value`, `--name=value` and flags; anything unknown is a fault.
    public init(_ words: [String], options: Set<String>, flags known: Set<String>) throws(UsageFault) {
        var values: [String: String] = [:]
        var flags: Set<String> = []
        var positional: [String] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--"), word.count > 2 else {
                positional.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            if known.contains(name), parts.count == 1 {
                flags.insert(name)
            } else if options.contains(name) {
                guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                    throw UsageFault("--\(name) needs a value")
                }
                values[name] = value
            } else {
                throw UsageFault("unknown option \(word)")
            }
        }
        self.values = values
        self.flags = flags
        self.positional = positional
    }

    /// The value of an option, where it was given.
    public subscript(name: String) -> String? { values[name] }

    /// Whether a flag was given.
    public func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// The value of an option that must be given.
    public func required(_ name: String) throws(UsageFault) -> String {
        guard let value = values[name] else { throw UsageFault("--\(name) is missing") }
        return value
    }
}

/// A command that was called wrongly.
public struct UsageFault: Error, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

/// Something that a command could not do, told to its user in a sentence.
public struct CommandFault: Error, Sendable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}
